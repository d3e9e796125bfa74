#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The ddpinn authors
# SPDX-License-Identifier: BSD-3-Clause
# Fails, and names the lines, where a source file is not formatted as .clang-format says.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
find include src apps tests -name '*.[ch]pp' -print0 | xargs -0 clang-format --dry-run -Werror
echo "== formatting is as .clang-format says"
