// The lines of the listings (listing.h). Each row of a table: the slot, the letters of the indices of result, first and
// second operand, the lines.
#pragma once

#include <string_view>

#include "layers/tap.h"

namespace backstep::listings {

struct Row {
  Slot slot;
  std::string_view cell, a, b;
  std::string_view text;
};

inline constexpr Row kConv[] = {{Slot::y, "noij", "nkhv", "ocpq",
                                 R"( for n, o, i, j in ndindex(y.shape):
0  s = f32(0)
   for c, p, q in ndindex(CG, KH, KW):
     k = o//OG*CG + c
     h = i*SH + p*DH - PH
     v = j*SW + q*DW - PW
     if 0 <= h < H and 0 <= v < W:
+      s += x[n,k,h,v] * w[o,c,p,q]
=  y[n,o,i,j] = s + b[o])"},
                                {Slot::dx, "nchv", "-oij", "--pq",
                                 R"( for n, c, h, v in ndindex(dx.shape):
0  s = f32(0)
   for k, p, q in ndindex(OG, KH, KW):
     o = c//CG*OG + k
     i, r = divmod(h + PH - p*DH, SH)
     j, t = divmod(v + PW - q*DW, SW)
     if r==t==0 and 0<=i<OH and 0<=j<OW:
+      s += dy[n,o,i,j] * w[o,c%CG,p,q]
=  dx[n,c,h,v] = s)"},
                                {Slot::dw, "ocpq", "nkhv", "--ij",
                                 R"( for o, c, p, q in ndindex(dw.shape):
0  s, k = f32(0), o//OG*CG + c
   for n, i in ndindex(N, OH):
     r = f32(0)  # subtotal of a row
     for j in range(OW):
       h = i*SH + p*DH - PH
       v = j*SW + q*DW - PW
       if 0 <= h < H and 0 <= v < W:
+        r += x[n,k,h,v] * dy[n,o,i,j]
     s += r
=  dw[o,c,p,q] = s)"},
                                {Slot::db, "o", "n-ij", "",
                                 R"( for o in range(OC):
0  s = f32(0)
   for n, i in ndindex(N, OH):
     r = f32(0)  # subtotal of a row
     for j in range(OW):
+      r += dy[n,o,i,j]
     s += r
=  db[o] = s)"}};

inline constexpr Row kConvTranspose[] = {{Slot::y, "nomu", "-cij", "--pq",
                                          R"( for n, o, m, u in ndindex(y.shape):
0  s = f32(0)
   for e, p, q in ndindex(CG, KH, KW):
     c = o//OG*CG + e
     i, r = divmod(m + PH - p*DH, SH)
     j, t = divmod(u + PW - q*DW, SW)
     if r==t==0 and 0<=i<H and 0<=j<W:
+      s += x[n,c,i,j] * w[c,o%OG,p,q]
=  y[n,o,m,u] = s + b[o])"},
                                         {Slot::dx, "ncij", "-omu", "-kpq",
                                          R"( for n, c, i, j in ndindex(dx.shape):
0  s = f32(0)
   for k, p, q in ndindex(OG, KH, KW):
     o = c//CG*OG + k
     m = i*SH + p*DH - PH
     u = j*SW + q*DW - PW
     if 0 <= m < OH and 0 <= u < OW:
+      s += dy[n,o,m,u] * w[c,k,p,q]
=  dx[n,c,i,j] = s)"},
                                         {Slot::dw, "ckpq", "n-ij", "-omu",
                                          R"( for c, k, p, q in ndindex(dw.shape):
0  s, o = f32(0), c//CG*OG + k
   for n, i in ndindex(N, H):
     r = f32(0)  # subtotal of a row
     for j in range(W):
       m = i*SH + p*DH - PH
       u = j*SW + q*DW - PW
       if 0 <= m < OH and 0 <= u < OW:
+        r += x[n,c,i,j] * dy[n,o,m,u]
     s += r
=  dw[c,k,p,q] = s)"},
                                         kConv[3]};

inline constexpr Row kDense[] = {{Slot::y, "no", "-c", "",
                                  R"( for n, o in ndindex(y.shape):
0  s = f32(0)
   for c in range(C):
+    s += x[n,c] * w[o,c]
=  y[n,o] = s + b[o])"},
                                 {Slot::dx, "nc", "-o", "",
                                  R"( for n, c in ndindex(dx.shape):
0  s = f32(0)
   for o in range(OC):
+    s += dy[n,o] * w[o,c]
=  dx[n,c] = s)"},
                                 {Slot::dw, "oc", "n", "",
                                  R"( for o, c in ndindex(dw.shape):
0  s = f32(0)
   for n in range(N):
+    s += x[n,c] * dy[n,o]
=  dw[o,c] = s)"},
                                 {Slot::db, "o", "n", "",
                                  R"( for o in range(OC):
0  s = f32(0)
   for n in range(N):
+    s += dy[n,o]
=  db[o] = s)"}};

inline constexpr Row kMaxPool[] = {{Slot::y, "ncij", "--hv", "",
                                    R"( for n, c, i, j in ndindex(y.shape):
0  s, at = None, 0
   for p, q in ndindex(KH, KW):
     h, v = i*SH + p - PH, j*SW + q - PW
     if 0 <= h < H and 0 <= v < W:
       t = x[n,c,h,v]
+      if s is None or t>s or t!=t and s==s:
         s, at = t, h*W + v
=  y[n,c,i,j], switches[n,c,i,j] = s, at)"},
                                   {Slot::dx, "nchv", "--ij", "",
                                    R"( for n, c, h, v in ndindex(dx.shape):
0  s = f32(0)
   for p, q in ndindex(KH, KW):
     i, r = divmod(h + PH - p, SH)
     j, t = divmod(v + PW - q, SW)
     if r==t==0 and 0<=i<OH and 0<=j<OW:
       if switches[n,c,i,j] == h*W + v:
+        s += dy[n,c,i,j]
=  dx[n,c,h,v] = s)"}};

inline constexpr Row kAvgPool[] = {{Slot::y, "ncij", "--hv", "",
                                    R"( for n, c, i, j in ndindex(y.shape):
0  s = f32(0)
   for p in range(KH):
     r = f32(0)  # subtotal of a row
     for q in range(KW):
       h, v = i*SH + p - PH, j*SW + q - PW
       if 0 <= h < H and 0 <= v < W:
+        r += x[n,c,h,v]
     s += r
=  y[n,c,i,j] = s / cells(i, j))"},
                                   {Slot::dx, "nchv", "--ij", "",
                                    R"( for n, c, h, v in ndindex(dx.shape):
0  s = f32(0)
   for p, q in ndindex(KH, KW):
     i, r = divmod(h + PH - p, SH)
     j, t = divmod(v + PW - q, SW)
     if r==t==0 and 0<=i<OH and 0<=j<OW:
+      s += dy[n,c,i,j] / cells(i, j)
=  dx[n,c,h,v] = s)"}};

inline constexpr Row kGlobalAvgPool[] = {{Slot::y, "nc", "--hv", "",
                                          R"( for n, c in ndindex(N, C):
0  s = f32(0)
   for h in range(H):
     r = f32(0)  # subtotal of a row
     for v in range(W):
+      r += x[n,c,h,v]
     s += r
=  y[n,c,0,0] = s / f32(H*W))"},
                                         {Slot::dx, "nchv", "", "",
                                          R"( for n, c, h, v in ndindex(dx.shape):
0  s = f32(0)
+  s += dy[n,c,0,0]
=  dx[n,c,h,v] = s / f32(H*W))"}};

// Layers of single numbers: the index k stands for all of them.
inline constexpr Row kRelu[] = {{Slot::y, "k", "", "",
                                 R"( for k in ndindex(y.shape):
0  s = f32(0)
   if not x[k] <= 0:
+    s += x[k]
=  y[k] = s)"},
                                {Slot::dx, "k", "", "",
                                 R"( for k in ndindex(dx.shape):
0  s = f32(0)
   if not x[k] <= 0:
+    s += dy[k]
=  dx[k] = s)"}};

inline constexpr Row kLeakyRelu[] = {{Slot::y, "k", "", "",
                                      R"( for k in ndindex(y.shape):
0  s = f32(0)
+  s += f32(SLOPE)*x[k] if x[k]<=0 else x[k]
=  y[k] = s)"},
                                     {Slot::dx, "k", "", "",
                                      R"( for k in ndindex(dx.shape):
0  s = f32(0)
   t = f32(SLOPE) if x[k] <= 0 else f32(1)
+  s += t * dy[k]
=  dx[k] = s)"}};

inline constexpr Row kSigmoid[] = {{Slot::y, "k", "", "",
                                    R"( for k in ndindex(y.shape):
0  s = f32(0)
+  s += x[k]
=  y[k] = sigmoid(float(s)))"},
                                   {Slot::dx, "k", "", "",
                                    R"( for k in ndindex(dx.shape):
0  s, t = f32(0), float(x[k])
   slope = sigmoid(t) * sigmoid(-t)
+  s += f32(float(dy[k]) * slope)
=  dx[k] = s)"}};

inline constexpr Row kTanh[] = {{Slot::y, "k", "", "",
                                 R"( for k in ndindex(y.shape):
0  s = f32(0)
+  s += x[k]
=  y[k] = tanh(float(s)))"},
                                {Slot::dx, "k", "", "",
                                 R"( for k in ndindex(dx.shape):
0  s, t = f32(0), float(x[k])
   slope = 4*sigmoid(2*t) * sigmoid(-2*t)
+  s += f32(float(dy[k]) * slope)
=  dx[k] = s)"}};

inline constexpr Row kDropout[] = {{Slot::y, "k", "", "",
                                    R"( for k in ndindex(y.shape):
0  s = f32(0)
   if mask[k] != 0:
+    s += x[k] * mask[k]
=  y[k] = s)"},
                                   {Slot::dx, "k", "", "",
                                    R"( for k in ndindex(dx.shape):
0  s = f32(0)
   if mask[k] != 0:
+    s += dy[k] * mask[k]
=  dx[k] = s)"}};

// mu and r: mean and reciprocal deviation of each channel, M numbers in it.
inline constexpr Row kBatchNorm[] = {{Slot::y, "nchv", "", "",
                                      R"( for n, c, h, v in ndindex(y.shape):
0  s = f32(0)
   s += x[n,c,h,v]
+  s += -mu[c]
=  y[n,c,h,v] = s * r[c] * w[c] + b[c])"},
                                     {Slot::dx, "nchv", "", "",
                                      R"( for n, c, h, v in ndindex(dx.shape):
0  s = f32(0)
   s += dy[n,c,h,v]
   if TRAINING:
     z = (x[n,c,h,v] - mu[c]) * r[c]
     s += -(db[c] / f32(M))
+    s += -(z * (dw[c] / f32(M)))
=  dx[n,c,h,v] = s * r[c] * w[c])"},
                                     {Slot::dw, "c", "n-hv", "",
                                      R"( for c in range(C):
0  s = f32(0)
   for n, h in ndindex(N, H):
     t = f32(0)  # subtotal of a row
     for v in range(W):
       z = (x[n,c,h,v] - mu[c]) * r[c]
+      t += dy[n,c,h,v] * z
     s += t
=  dw[c] = s)"},
                                     {Slot::db, "c", "n-hv", "",
                                      R"( for c in range(C):
0  s = f32(0)
   for n, h in ndindex(N, H):
     t = f32(0)  # subtotal of a row
     for v in range(W):
+      t += dy[n,c,h,v]
     s += t
=  db[c] = s)"}};

// t holds the classes; D is N for the mean, 1 for the sum.
inline constexpr Row kSoftmax[] = {{Slot::p, "nc", "-k", "",
                                    R"( for n, c in ndindex(p.shape):
   m = max(float(z) for z in x[n])
0  s = 0.0
   for k in range(C):
+    s += exp(float(x[n,k]) - m)
=  p[n,c] = exp(float(x[n,c]) - m) / s)"},
                                   {Slot::value, "", "nk", "",
                                    R"(0s = f32(0)
 for n in range(N):
   m, e = max(float(z) for z in x[n]), 0.0
   for k in range(C):
+    e += exp(float(x[n,k]) - m)
   s += f32(log(e) - (float(x[n,t[n]]) - m))
=value[0] = s / f32(D))"},
                                   {Slot::dx, "nc", "", "",
                                    R"( for n, c in ndindex(dx.shape):
0  s = p[n,c]
+  s -= f32(c == t[n])
=  dx[n,c] = s / f32(D))"}};

// t holds the target numbers; D is their number for the mean, 1 for the sum.
inline constexpr Row kMse[] = {{Slot::value, "", "", "",
                                R"(0s = f32(0)
 for row, of in zip(rows(x), rows(t)):
   r = f32(0)  # subtotal of a row
   for z, u in zip(row, of):
+    r += (z - u) * (z - u)
   s += r
=value[0] = s / f32(D))"},
                               {Slot::dx, "k", "", "",
                                R"( for k in ndindex(dx.shape):
0  s = f32(0)
+  s += x[k] - t[k]
=  dx[k] = f32(2) * s / f32(D))"}};

// The first step of an optimizer, in double, rounded once for each number that is stored.
inline constexpr std::string_view kSgd = R"( for k in ndindex(w.shape):
0  g, old = float(dw[k]), float(w[k])
+  d = g + WD * old
=  new[k] = old - LR * d)";
inline constexpr std::string_view kMomentum = R"( for k in ndindex(w.shape):
0  g, old = float(dw[k]), float(w[k])
   d = g + WD * old
   u = float(f32(d))  # the momentum
+  d = d + MOMENTUM * u if NESTEROV else u
=  new[k] = old - LR * d)";
inline constexpr std::string_view kAdam = R"( for k in ndindex(w.shape):
0  g, old = float(dw[k]), float(w[k])
   d = g + WD * old
   m = float(f32((1 - BETA1) * d))
   u = float(f32((1 - BETA2) * d * d))
   m, u = m / (1 - BETA1), u / (1 - BETA2)
+  d = m / (sqrt(u) + EPS)
=  new[k] = old - LR * d)";

}  // namespace backstep::listings
