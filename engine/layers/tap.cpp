#include "tap.h"

namespace backstep {

const char* slot_name(Slot slot) {
  switch (slot) {
    case Slot::none: return "";
    case Slot::x: return "x";
    case Slot::w:
    case Slot::w_next: return "w";
    case Slot::b:
    case Slot::b_next: return "b";
    case Slot::y: return "y";
    case Slot::dy: return "dy";
    case Slot::dx: return "dx";
    case Slot::dw: return "dw";
    case Slot::db: return "db";
    case Slot::p: return "p";
    case Slot::value: return "value";
    case Slot::target: return "target";
    case Slot::cache: return "cache";
  }
  return "";
}

const Shape& LayerShapes::of(Slot slot) const {
  static const Shape none;
  switch (slot) {
    case Slot::x:
    case Slot::dx: return x;
    case Slot::w:
    case Slot::dw:
    case Slot::w_next: return w;
    case Slot::b:
    case Slot::db:
    case Slot::b_next: return b;
    case Slot::y:
    case Slot::dy: return y;
    default: return none;
  }
}

}  // namespace backstep
