// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/report/html.hpp"

#include "io/example_sample.hpp"
#include "io/report/page.hpp"
#include "support/catch.hpp"

#include <cmath>

using namespace ddpinn;
using namespace ddpinn::test;

TEST_CASE("texts cannot break out of a page") {
  REQUIRE(html::escaped("<script>\"a\" & 'b'</script>\x1b") ==
          "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;");
}

TEST_CASE("pictures are spelled as RFC 4648 says") {
  REQUIRE(html::base64("") == "");
  REQUIRE(html::base64("f") == "Zg==");
  REQUIRE(html::base64("fo") == "Zm8=");
  REQUIRE(html::base64("foobar") == "Zm9vYmFy");
  REQUIRE(html::base64("\xff\xfe\xfd") == "//79");
}

TEST_CASE("a plot leaves out what has no logarithm") {
  REQUIRE(html::log_plot({}, "x", "y").empty());
  REQUIRE(html::log_plot({{"a", {{0, 0}, {1, -1}, {2, std::nan("")}}}}, "x", "y").empty());
  const auto plot =
      html::log_plot({{"a", {{0, 1}, {1, 0}, {2, 1e-4}}}, {"<b>", {{0, 1}}}}, "steps", "residual");
  REQUIRE(contains(plot, "1e-4"));
  REQUIRE(contains(plot, "&lt;b&gt;"));
  REQUIRE_FALSE(contains(plot, "nan"));
}

TEST_CASE("a run that has not ended has a page that is read again") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  std::ofstream(folder.path() / "summary.json") << "{\"converged\": false, \"stop_reason\": \"it runs\"}";
  write_report(folder.path(), folder.path() / "report.html");
  const auto page = file_text(folder.path() / "report.html");
  REQUIRE(contains(page, "No result yet"));
  REQUIRE(contains(page, "http-equiv=\"refresh\""));
}

TEST_CASE("a damaged summary is told") {
  const Communicator comm(MPI_COMM_SELF);
  const Folder folder(comm);
  std::ofstream(folder.path() / "summary.json") << "{\"conver";
  REQUIRE(contains(message_of([&] { write_report(folder.path(), folder.path() / "report.html"); }),
                   "there is no summary of a run"));
}
