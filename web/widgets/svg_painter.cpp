#include "web/widgets/svg_painter.h"

#include <charconv>
#include <cmath>

namespace backstep::ui {
namespace {

void attribute(std::string* out, std::string_view name, float value) {
  out->append(" ").append(name).append("=\"");
  append_number(out, value);
  out->append("\"");
}

// fill="#rrggbb" with the opacity beside it where there is any.
void paint(std::string* out, std::string_view name, Colour colour) {
  out->append(" ").append(name).append("=\"").append(hex_text(colour).data()).append("\"");
  if (colour.a == 255) return;
  out->append(" ").append(name).append("-opacity=\"");
  append_number(out, static_cast<float>(colour.a) / 255.0F);
  out->append("\"");
}

void stroke_paint(std::string* out, const Stroke& stroke) {
  out->append(" fill=\"none\"");
  paint(out, "stroke", stroke.colour);
  if (stroke.width != 1) attribute(out, "stroke-width", stroke.width);
  if (stroke.dash <= 0) return;
  out->append(" stroke-dasharray=\"");
  append_number(out, stroke.dash);
  out->append(" ");
  append_number(out, stroke.gap);
  out->append("\"");
}

// Thin axis-aligned lines lie on pixel centres, or they would be drawn two pixels wide and grey.
float snapped(float x) { return std::floor(x) + 0.5F; }

std::string points_text(std::span<const Vec2> points) {
  std::string text;
  for (const Vec2 p : points) {
    if (!text.empty()) text += ' ';
    append_number(&text, p.x);
    text += ',';
    append_number(&text, p.y);
  }
  return text;
}

void box(std::string* out, const Rect& r, float radius) {
  attribute(out, "x", r.x);
  attribute(out, "y", r.y);
  attribute(out, "width", r.w);
  attribute(out, "height", r.h);
  if (radius > 0) attribute(out, "rx", std::min(radius, std::min(r.w, r.h) / 2));
}

constexpr std::string_view kClasses[kFaceCount] = {"a", "b", "s", "i", "m"};
constexpr std::string_view kStyle =
    "text{white-space:pre;font-kerning:none;font-variant-ligatures:none;font-variant-numeric:tabular-nums}"
    ".a,.b{font-family:Inter,'Helvetica Neue',Arial,'DejaVu Sans',sans-serif}.b{font-weight:600}"
    ".s,.i{font-family:STIXGeneral,'STIX Two Text','Times New Roman','Liberation Serif','DejaVu Serif',serif}"
    ".i{font-style:italic}.m{font-family:'DejaVu Sans Mono',Menlo,Consolas,monospace}";

}  // namespace

void append_number(std::string* out, float value) {
  if (!std::isfinite(value)) value = 0;
  // Hundredths, rounded half away from zero, written by hand: no locale, no exponent.
  const long long hundredths = std::llround(static_cast<double>(value) * 100);
  char digits[32];
  const long long magnitude = hundredths < 0 ? -hundredths : hundredths;
  const auto end = std::to_chars(digits, digits + sizeof digits, magnitude / 100).ptr;
  if (hundredths < 0) *out += '-';
  out->append(digits, end);
  const int rest = static_cast<int>(magnitude % 100);
  if (rest == 0) return;
  *out += '.';
  *out += static_cast<char>('0' + rest / 10);
  if (rest % 10 != 0) *out += static_cast<char>('0' + rest % 10);
}

void append_escaped(std::string* out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': *out += "&amp;"; break;
      case '<': *out += "&lt;"; break;
      case '>': *out += "&gt;"; break;
      case '"': *out += "&quot;"; break;
      case '\'': *out += "&#39;"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) *out += c;
    }
  }
}

SvgPainter::SvgPainter(Vec2 size, ThemeKind kind, std::string_view title, std::string_view description) {
  Frame frame;
  frame.viewport = {0, 0, size.x, size.y};
  frame.theme = &ui::theme(kind);
  frame.motion = false;
  begin(frame);
  head_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 ";
  append_number(&head_, size.x);
  head_ += ' ';
  append_number(&head_, size.y);
  head_ += "\"";
  attribute(&head_, "width", size.x);
  attribute(&head_, "height", size.y);
  head_ += ">\n<title>";
  append_escaped(&head_, title);
  head_ += "</title>\n<desc>";
  append_escaped(&head_, description);
  head_.append("</desc>\n<style>").append(kStyle).append("</style>\n");
  head_ += "<rect width=\"100%\" height=\"100%\"";
  paint(&head_, "fill", frame.theme->ground);
  head_ += "/>\n";
}

std::string SvgPainter::finish() {
  std::string out = std::move(head_);
  if (!defs_.empty()) out.append("<defs>").append(defs_).append("</defs>\n");
  for (Body& part : bodies_) {
    out += part.text;
    if (part.in_group) out += "</g>\n";
  }
  out += "</svg>\n";
  return out;
}

std::string SvgPainter::clip_id(const Rect& clip) {
  std::size_t index = 0;
  while (index < clips_.size() && !(clips_[index] == clip)) ++index;
  const std::string id = "c" + std::to_string(index);
  if (index == clips_.size()) {
    clips_.push_back(clip);
    defs_.append("<clipPath id=\"").append(id).append("\"><rect");
    box(&defs_, clip, 0);
    defs_ += "/></clipPath>";
  }
  return id;
}

std::string& SvgPainter::body() {
  Body& part = bodies_[static_cast<int>(layer_)];
  const bool whole = clip_ == frame().viewport;
  if (part.in_group && !(part.clip == clip_)) {
    part.text += "</g>\n";
    part.in_group = false;
  }
  if (!part.in_group && !whole) {
    part.text.append("<g clip-path=\"url(#").append(clip_id(clip_)).append(")\">\n");
    part.in_group = true;
    part.clip = clip_;
  }
  return part.text;
}

void SvgPainter::do_fill_rect(const Rect& rect, Colour colour, float radius) {
  std::string& out = body();
  out += "<rect";
  box(&out, rect, radius);
  paint(&out, "fill", colour);
  out += "/>\n";
}

void SvgPainter::do_stroke_rect(const Rect& rect, const Stroke& stroke, float radius) {
  Rect r = rect;
  if (stroke.width <= 1) {
    r = {snapped(rect.x), snapped(rect.y), 0, 0};
    r.w = snapped(rect.right()) - r.x;
    r.h = snapped(rect.bottom()) - r.y;
  }
  std::string& out = body();
  out += "<rect";
  box(&out, r, radius);
  stroke_paint(&out, stroke);
  out += "/>\n";
}

void SvgPainter::do_polyline(std::span<const Vec2> points, const Stroke& stroke, bool closed) {
  std::vector<Vec2> line(points.begin(), points.end());
  if (line.size() == 2 && stroke.width <= 1) {
    if (line[0].x == line[1].x) line[0].x = line[1].x = snapped(line[0].x);
    if (line[0].y == line[1].y) line[0].y = line[1].y = snapped(line[0].y);
  }
  std::string& out = body();
  out.append(closed ? "<polygon" : "<polyline").append(" points=\"").append(points_text(line)).append("\"");
  if (line.size() > 2) out += " stroke-linejoin=\"round\"";
  stroke_paint(&out, stroke);
  out += "/>\n";
}

void SvgPainter::do_fill_polygon(std::span<const Vec2> points, Colour colour) {
  std::string& out = body();
  out.append("<polygon points=\"").append(points_text(points)).append("\"");
  paint(&out, "fill", colour);
  out += "/>\n";
}

void SvgPainter::do_fill_circle(Vec2 centre, float radius, Colour colour) {
  std::string& out = body();
  out += "<circle";
  attribute(&out, "cx", centre.x);
  attribute(&out, "cy", centre.y);
  attribute(&out, "r", radius);
  paint(&out, "fill", colour);
  out += "/>\n";
}

void SvgPainter::do_stroke_circle(Vec2 centre, float radius, const Stroke& stroke) {
  std::string& out = body();
  out += "<circle";
  attribute(&out, "cx", centre.x);
  attribute(&out, "cy", centre.y);
  attribute(&out, "r", radius);
  stroke_paint(&out, stroke);
  out += "/>\n";
}

void SvgPainter::do_text(Vec2 baseline, std::string_view text, const TextStyle& style, Colour colour, float width) {
  std::string& out = body();
  out.append("<text class=\"").append(kClasses[static_cast<int>(style.face)]).append("\"");
  attribute(&out, "x", baseline.x);
  attribute(&out, "y", baseline.y);
  attribute(&out, "font-size", style.size);
  // Where a fallback font steps in, it is squeezed into the measured width: the layout stays whole.
  if (text.size() > 1) {
    attribute(&out, "textLength", width);
    out += " lengthAdjust=\"spacingAndGlyphs\"";
  }
  paint(&out, "fill", colour);
  out += ">";
  append_escaped(&out, text);
  out += "</text>\n";
}

void SvgPainter::do_tensor_image(const Rect& rect, const TensorImage& image, float opacity) {
  // One path for each colour that occurs, made of runs along the rows, in units of cells.
  std::string paths[kMapSize + 1];
  constexpr int kNotFinite = kMapSize;
  const auto colour_of = [&](int row, int column) {
    const std::int64_t flat = static_cast<std::int64_t>(row) * image.w + column;
    if (flat >= image.known || flat >= static_cast<std::int64_t>(image.values.size())) return -1;
    const float v = image.values[static_cast<std::size_t>(flat)];
    return !std::isfinite(v) ? kNotFinite : map_index(v, image.scale);
  };
  for (int row = 0; row < image.h; ++row) {
    for (int column = 0; column < image.w;) {
      const int colour = colour_of(row, column);
      int end = column + 1;
      while (end < image.w && colour_of(row, end) == colour) ++end;
      if (colour >= 0) {
        const std::string run = std::to_string(end - column);
        paths[colour] += "M" + std::to_string(column) + " " + std::to_string(row) + "h" + run + "v1h-" + run + "z";
      }
      column = end;
    }
  }
  std::string& out = body();
  out += "<g shape-rendering=\"crispEdges\" transform=\"translate(";
  append_number(&out, rect.x);
  out += ' ';
  append_number(&out, rect.y);
  out += ") scale(";
  out += std::to_string(rect.w / static_cast<float>(image.w));
  out += ' ';
  out += std::to_string(rect.h / static_cast<float>(image.h));
  out += ")\">\n";
  for (int i = 0; i <= kMapSize; ++i) {
    if (paths[i].empty()) continue;
    const Colour colour = i == kNotFinite ? theme().not_finite : theme().map[static_cast<std::size_t>(i)];
    out += "<path";
    paint(&out, "fill", faded(colour, opacity));
    out.append(" d=\"").append(paths[i]).append("\"/>\n");
  }
  out += "</g>\n";
}

}  // namespace backstep::ui
