#include "table.h"

#include <algorithm>

namespace backstep::cli {
namespace {

constexpr std::size_t kGap = 2;

std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

}  // namespace

std::string Table::text() const {
  std::vector<std::size_t> widths;
  std::vector<std::string> titles;
  for (const Column& column : columns_) {
    titles.push_back(column.title);
    widths.push_back(width(column.title));
  }
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  }
  std::string out;
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) text.append(kGap, ' ');
      const std::string space(widths[i] - width(cells[i]), ' ');
      text += columns_[i].align == Align::right ? space + cells[i] : cells[i] + space;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    out += text + '\n';
  };
  std::size_t total = kGap * (widths.size() - 1);
  for (const std::size_t w : widths) total += w;
  const std::string rule(total, '-');
  line(titles);
  out += rule + '\n';
  for (const auto& row : rows_) {
    if (row.empty()) {
      out += rule + '\n';
    } else {
      line(row);
    }
  }
  return out;
}

}  // namespace backstep::cli
