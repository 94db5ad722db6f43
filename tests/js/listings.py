"""Runs the listings of a scene in NumPy and holds every result against the engine's bits.

usage: listings.py CODE.json PASS.safetensors STEPS.json
CODE is what `backstep code --json` prints, PASS what `backstep run` writes, STEPS what `backstep step --json` prints.
"""

import json
import math
import struct
import sys

import numpy
from numpy import float32 as f32, ndindex

# Where a double goes through exp or log on its way the last bit of NumPy's may differ from the engine's own functions.
THROUGH_A_LIBRARY = {"sigmoid", "tanh", "loss.p", "loss.value", "loss.dx"}


def read_safetensors(path):
    data = open(path, "rb").read()
    (size,) = struct.unpack("<Q", data[:8])
    out = {}
    for name, entry in json.loads(data[8 : 8 + size]).items():
        if name == "__metadata__":
            continue
        begin, end = (8 + size + at for at in entry["data_offsets"])
        out[name] = numpy.frombuffer(data[begin:end], "<f4").reshape(entry["shape"])
    return out


def sigmoid(t):
    small = math.exp(-abs(t))
    return 1 / (1 + small) if t >= 0 else small / (1 + small)


def rows(x):
    return x.reshape(-1, x.shape[-1])


def cells_of(k):
    """How many numbers an average pool divides by."""

    def cells(i, j):
        if k["INCLUDE_PAD"]:
            return f32(k["KH"] * k["KW"])
        inside = lambda at, size, extent: max(0, min(at + size, extent) - max(at, 0))
        return f32(
            inside(i * k["SH"] - k["PH"], k["KH"], k["H"]) * inside(j * k["SW"] - k["PW"], k["KW"], k["W"])
        )

    return cells


def image(x):
    return x.reshape(*x.shape, 1, 1) if x.ndim == 2 else x


class Scene:
    def __init__(self, code, tensors, steps):
        self.code, self.tensors, self.steps = code, tensors, steps
        self.x = {}
        self.switches = {}
        self.worst = 0
        names = [name[:-2] for name in tensors if name.endswith(".y")]
        before = tensors["input"]
        for name in names:
            self.x[name] = before
            before = tensors[name + ".y"]
        self.x["loss"] = before
        self.after = dict(zip(names, names[1:] + ["loss"]))

    def upstream(self, layer):
        after = self.after[layer]
        if after + ".dx" in self.tensors:
            return self.tensors[after + ".dx"].reshape(self.tensors[layer + ".y"].shape)
        return numpy.array(self.code["dy"], f32).reshape(self.tensors[layer + ".y"].shape)

    def names(self, block):
        layer, slot = block["layer"], block["slot"]
        k = {name: int(v) if float(v).is_integer() and name not in ("LR", "WD") else v for name, v in block["constants"].items()}
        out = {"f32": f32, "ndindex": ndindex, "exp": math.exp, "log": math.log, "sqrt": math.sqrt, "rows": rows}
        out |= {"sigmoid": sigmoid, "tanh": math.tanh, **k}
        of = self.tensors
        if block["phase"] == "update":
            w = of[f"{layer}.{'weight' if slot == 'w' else 'bias'}"]
            return out | {slot: w, f"d{slot}": of[f"{layer}.d{slot}"], "new": numpy.zeros_like(w)}, "new"
        x = self.x[layer]
        if layer == "loss":
            target = self.code["target"]
            softmax = "loss.p" in of
            out |= {"x": x, "t": target if softmax else numpy.array(target, f32).reshape(x.shape)}
            out |= {"p": of.get("loss.p", None), "dx": numpy.zeros_like(x), "value": numpy.zeros(1, f32)}
            if slot == "p":
                out["p"] = numpy.zeros_like(x)
            return out, slot
        if layer.startswith("dense"):
            x = x.reshape(x.shape[0], -1)
        normal = block["tensor"].startswith("bn")
        shown = image if normal else (lambda a: a)
        out |= {"x": shown(x), "y": shown(numpy.zeros_like(of[layer + ".y"]))}
        if slot != "y":
            out |= {"dy": shown(self.upstream(layer)), "dx": shown(numpy.zeros_like(x))}
        if layer + ".weight" in of:
            w = of[layer + ".weight"]
            out |= {"w": w, "b": of.get(layer + ".bias"), "dw": numpy.zeros_like(w)}
            if layer + ".bias" in of:
                out["db"] = numpy.zeros_like(of[layer + ".bias"])
        if normal:
            if slot == "dx":
                out |= {"dw": of[layer + ".dw"], "db": of[layer + ".db"]}
            out["mu"], out["r"] = numpy.array(block["kept"], f32).reshape(2, -1)
            out |= {"H": k.get("H", 1), "W": k.get("W", 1)}
        elif "kept" in block:
            out["mask"] = numpy.array(block["kept"], f32).reshape(x.shape)
        if "INCLUDE_PAD" in k:
            out["cells"] = cells_of(k)
        if layer.startswith("pool"):
            out["switches"] = self.switches.setdefault(layer, numpy.zeros(of[layer + ".y"].shape, int))
        return out, slot

    def check(self, block):
        names, result = self.names(block)
        exec(block["code"], names)
        got = numpy.asarray(names[result], f32).ravel().view(numpy.uint32)
        first = block["first"]
        wanted = numpy.array([int(step["bits"], 16) for step in self.steps[first : first + block["count"]]], numpy.uint32)
        same = got == wanted
        through = block["tensor"] in THROUGH_A_LIBRARY or block["layer"].rstrip("0123456789") in THROUGH_A_LIBRARY
        if through:  # one unit in the last place
            same |= numpy.abs(got.astype(numpy.int64) - wanted.astype(numpy.int64)) <= 1
        if same.all():
            return True
        at = int(numpy.argmin(same))
        print(f"{block['tensor']} number {at}: listing {got[at]:08x}, engine {wanted[at]:08x}")
        return False


def main(code, run, steps):
    code = json.load(open(code))
    scene = Scene(code, read_safetensors(run), json.load(open(steps)))
    numpy.seterr(all="ignore")
    passed = [scene.check(block) for block in code["blocks"]]
    print(f"{sum(passed)} of {len(passed)} tensors agree")
    return 0 if passed and all(passed) else 1


sys.exit(main(*sys.argv[1:]))
