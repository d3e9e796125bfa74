// SPDX-FileCopyrightText: 2026 The ddpinn authors
// SPDX-License-Identifier: BSD-3-Clause
#include "io/fields/xdmf.hpp"

#include "io/fields/field_file.hpp"
#include "io/fields/file_layout.hpp"

#include <fmt/format.h>

#include <iterator>

namespace ddpinn {
namespace {

/// Text that may stand in an XML attribute.
std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  return out;
}

/// Position of point i of n between both ends.
double node(const GridSample& sample, int axis, int i, int n) {
  const std::size_t a = axis;
  return n > 1 ? sample.lower[a] + (sample.upper[a] - sample.lower[a]) * i / (n - 1) : sample.lower[a];
}

/// The spatial part of the layout, slowest direction first: always three directions, curves and planes with
/// one layer in the others. ParaView puts a 2DCoRectMesh into the y-z plane, and reads one value of a data
/// set with fewer dimensions than the mesh.
struct Mesh {
  std::vector<int> counts;
  std::vector<double> origin;
  std::vector<double> spacing;
};

Mesh mesh_of(const GridSample& sample, const FileLayout& layout) {
  Mesh mesh;
  for (std::size_t k = layout.stepped ? 1 : 0; k < layout.axis.size(); ++k) {
    const std::size_t axis = layout.axis[k];
    const int n = layout.counts[k];
    mesh.counts.push_back(n);
    mesh.origin.push_back(sample.lower[axis]);
    mesh.spacing.push_back(n > 1 ? (sample.upper[axis] - sample.lower[axis]) / (n - 1) : 1.0);
  }
  while (mesh.counts.size() < 3) {
    mesh.counts.insert(mesh.counts.begin(), 1);
    mesh.origin.insert(mesh.origin.begin(), 0.0);
    mesh.spacing.insert(mesh.spacing.begin(), 1.0);
  }
  return mesh;
}

std::string geometry(const Mesh& mesh) {
  return fmt::format(
      "      <Topology TopologyType=\"3DCoRectMesh\" Dimensions=\"{}\"/>\n"
      "      <Geometry GeometryType=\"ORIGIN_DXDYDZ\">\n"
      "        <DataItem Format=\"XML\" Dimensions=\"3\" NumberType=\"Float\" "
      "Precision=\"8\">{:.17g}</DataItem>\n"
      "        <DataItem Format=\"XML\" Dimensions=\"3\" NumberType=\"Float\" "
      "Precision=\"8\">{:.17g}</DataItem>\n"
      "      </Geometry>\n",
      fmt::join(mesh.counts, " "), fmt::join(mesh.origin, " "), fmt::join(mesh.spacing, " "));
}

std::string data_item(const FileLayout& layout, const std::string& column) {
  return fmt::format(
      "<DataItem Format=\"HDF\" Dimensions=\"{}\" NumberType=\"Float\" "
      "Precision=\"8\">fields.h5:/{}</DataItem>",
      fmt::join(layout.counts, " "), escaped(dataset_name(column)));
}

/// The data set, or step i of its dimension 0, in the shape of the mesh.
std::string mesh_item(const FileLayout& layout, const Mesh& mesh, const std::string& column, int i) {
  if (!layout.stepped && layout.counts == mesh.counts) return data_item(layout, column);
  const auto d = layout.counts.size();
  std::vector<int> start(d, 0);
  auto size = layout.counts;
  if (layout.stepped) {
    start[0] = i;
    size[0] = 1;
  }
  return fmt::format(
      "<DataItem ItemType=\"HyperSlab\" Dimensions=\"{}\" NumberType=\"Float\" Precision=\"8\">\n"
      "          <DataItem Format=\"XML\" Dimensions=\"3 {}\">{} {} {}</DataItem>\n"
      "          {}\n"
      "        </DataItem>",
      fmt::join(mesh.counts, " "), d, fmt::join(start, " "), fmt::join(std::vector<int>(d, 1), " "),
      fmt::join(size, " "), data_item(layout, column));
}

std::string grid(const GridSample& sample, const FileLayout& layout, const Mesh& mesh, int step) {
  std::string text = fmt::format("    <Grid Name=\"grid{}\" GridType=\"Uniform\">\n", step);
  if (layout.stepped) {
    text += fmt::format("      <Time Value=\"{:.17g}\"/>\n",
                        node(sample, layout.axis[0], step, layout.counts[0]));
  }
  text += geometry(mesh);
  for (const auto& column : sample.columns) {
    text += fmt::format(
        "      <Attribute Name=\"{}\" AttributeType=\"Scalar\" Center=\"Node\">\n        {}\n      "
        "</Attribute>\n",
        escaped(column.name), mesh_item(layout, mesh, column.name, step));
  }
  return text + "    </Grid>\n";
}

}  // namespace

std::string xdmf_text(const GridSample& sample) {
  const auto layout = file_layout(sample.coordinates, sample.counts);
  const auto mesh = mesh_of(sample, layout);
  std::string text = "<?xml version=\"1.0\" ?>\n<Xdmf Version=\"2.2\">\n  <Domain>\n";
  if (layout.stepped) {
    text += "    <Grid Name=\"fields\" GridType=\"Collection\" CollectionType=\"Temporal\">\n";
    for (int i = 0; i < layout.counts[0]; ++i) text += grid(sample, layout, mesh, i);
    text += "    </Grid>\n";
  } else {
    text += grid(sample, layout, mesh, 0);
  }
  return text + "  </Domain>\n</Xdmf>\n";
}

}  // namespace ddpinn
