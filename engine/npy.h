// Reader and writer of .npy: one float32 ('<f4') or int32 ('<i4') array in C order. 6 bytes magic, 2 bytes version,
// the header's length (2 bytes in version 1, 4 in 2 and 3), a Python dictionary of three entries, then the data.
// Source: NumPy's NEP 1 and numpy.lib.format. Error codes, each with the byte where it shows:
//
//   npy.size       more than 16 MiB                     npy.dtype      neither '<f4' nor '<i4'
//   npy.truncated  the file ends too early              npy.order      Fortran order
//   npy.magic      not a .npy file                      npy.shape      not a tuple of integers >= 0
//   npy.version    not 1.0, 2.0 or 3.0                  npy.rank       more than 8 dimensions
//   npy.header     not the dictionary it should be,     npy.overflow   more bytes than 63 bits count
//                  or longer than 10,000 bytes          npy.trailing   bytes after the array
//   npy.duplicate  a key twice
#pragma once

#include "tensor_file.h"

namespace backstep {

Result<AnyTensor> read_npy(Bytes file);

// Version 1.0, data aligned to 64 bytes, as NumPy writes it.
std::vector<std::uint8_t> write_npy(const AnyTensor& tensor);

}  // namespace backstep
