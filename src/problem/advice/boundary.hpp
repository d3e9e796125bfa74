// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "problem/advice/linear_equations.hpp"

#include <ddpinn/problem.hpp>

#include <string>
#include <vector>

namespace ddpinn {

/// "x.lower"
std::string name_of(const Model&, Face);

/// The faces that the domain's box has: none in periodic directions.
std::vector<Face> faces_of(const Model&);

/// "x = 0.5, y = 1"
std::string place_of(const Model&, const Point&);

/// Points of the box without regularity, so that the ends of `where` miss them.
std::vector<Point> scattered(const Box&, int count);
/// Those of them that the domain contains.
std::vector<Point> inside(const Model&, int count);

/// Moved along the direction of the face to its plane.
Point on_face(Point, Face, const Box&);

/// Whether the condition's group stands at this point of the face.
bool stands_at(const StatementGroup&, Face, const Point&);
/// The same for the surface of a shape.
bool stands_at(const StatementGroup&, std::size_t shape, const Point&);

/// How often the factor of an enforced field vanishes at a point along a direction: 2 stands for more too.
int zeros(const Model&, int field, const Point&, int direction);

}  // namespace ddpinn
