// The edits of update(): numbers changed in place, painted or dragged; breakpoints and watches; menus and fields.
#pragma once

#include "web/app/intent.h"
#include "web/app/state.h"

namespace backstep::app {

// The problem becomes another one, and everything downstream is computed anew: undoable, the cursor stays at its cell.
// An error changes nothing. What the scene locks is not changed.
void edit(Model& model, Problem problem);

// The largest number that the brush offers: the input's own, at least 1.
float brush_most(const Model& model);

// Carries the intent out if it is one of these.
bool update_edit(Model& model, const Intent& intent);

}  // namespace backstep::app
