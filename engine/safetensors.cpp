#include "safetensors.h"

#include <algorithm>

#include "safetensors_header.h"

namespace backstep {
namespace {

constexpr std::size_t kLengthBytes = 8;

std::uint64_t read_u64(Bytes bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) value |= static_cast<std::uint64_t>(bytes[i]) << (8 * i);
  return value;
}

// Tensors, sorted by place, must tile the data.
Status check_layout(const std::vector<SafetensorsEntry>& entries, std::size_t data_start, std::int64_t data_size) {
  std::vector<const SafetensorsEntry*> order;
  order.reserve(entries.size());
  for (const SafetensorsEntry& entry : entries) {
    if (entry.end > data_size) {
      return file_error("safetensors.truncated", entry.position,
                        "tensor \"" + entry.name + "\" ends at " + std::to_string(entry.end) + ", but the data has " +
                            bytes_text(static_cast<std::size_t>(data_size)));
    }
    order.push_back(&entry);
  }
  std::sort(order.begin(), order.end(), [](const SafetensorsEntry* a, const SafetensorsEntry* b) {
    return std::pair(a->begin, a->end) < std::pair(b->begin, b->end);
  });
  std::int64_t covered = 0;
  for (const SafetensorsEntry* entry : order) {
    const std::size_t place = data_start + static_cast<std::size_t>(std::min(entry->begin, covered));
    if (entry->begin < covered) {
      return file_error("safetensors.overlap", data_start + static_cast<std::size_t>(entry->begin),
                        "tensor \"" + entry->name + "\" starts inside another one");
    }
    if (entry->begin > covered) {
      return file_error("safetensors.hole", place,
                        bytes_text(static_cast<std::size_t>(entry->begin - covered)) + " before tensor \"" +
                            entry->name + "\" belong to no tensor");
    }
    covered = entry->end;
  }
  if (covered < data_size) {
    return file_error("safetensors.trailing", data_start + static_cast<std::size_t>(covered),
                      bytes_text(static_cast<std::size_t>(data_size - covered)) + " after the last tensor");
  }
  return Nothing{};
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (code < 0x20) {
      out += "\\u00";
      out += "0123456789abcdef"[code >> 4U];
      out += "0123456789abcdef"[code & 0xfU];
    } else {
      out += c;
    }
  }
  out += '"';
}

std::string header_text(const TensorFile& file) {
  std::string out = "{";
  if (!file.metadata.empty()) {
    out += "\"__metadata__\":{";
    for (const auto& [key, value] : file.metadata) {
      if (out.back() != '{') out += ',';
      append_quoted(out, key);
      out += ':';
      append_quoted(out, value);
    }
    out += '}';
  }
  std::int64_t offset = 0;
  for (const NamedTensor& named : file.tensors) {
    if (out.size() > 1) out += ',';
    append_quoted(out, named.name);
    out += std::holds_alternative<Tensor>(named.tensor) ? ":{\"dtype\":\"F32\"" : ":{\"dtype\":\"I32\"";
    const Shape& shape = shape_of(named.tensor);
    const std::int64_t end = offset + kElementBytes * shape.count();
    out += ",\"shape\":" + shape.text() + ",\"data_offsets\":[" + std::to_string(offset) + ',' + std::to_string(end) +
           "]}";
    offset = end;
  }
  out += '}';
  out.append((8 - out.size() % 8) % 8, ' ');
  return out;
}

}  // namespace

const AnyTensor* TensorFile::find(std::string_view name) const {
  const auto found =
      std::find_if(tensors.begin(), tensors.end(), [&](const NamedTensor& named) { return named.name == name; });
  return found == tensors.end() ? nullptr : &found->tensor;
}

const Tensor* TensorFile::find_f32(std::string_view name) const {
  const AnyTensor* found = find(name);
  return found ? std::get_if<Tensor>(found) : nullptr;
}

const IndexTensor* TensorFile::find_i32(std::string_view name) const {
  const AnyTensor* found = find(name);
  return found ? std::get_if<IndexTensor>(found) : nullptr;
}

Result<TensorFile> read_safetensors(Bytes file) {
  if (file.size() > kMaxFileBytes) {
    return file_error("safetensors.size", kMaxFileBytes,
                      "a file may have at most 16 MiB, this one has " + bytes_text(file.size()));
  }
  if (file.size() < kLengthBytes) {
    return file_error("safetensors.truncated", file.size(),
                      "a file starts with the 8 bytes of its header's length, this one ends before");
  }
  const std::uint64_t length = read_u64(file.first(kLengthBytes));
  if (length < 2 || length > kMaxFileBytes) {
    return file_error("safetensors.header_length", 0,
                      "the header's length must be from 2 bytes to 16 MiB, found " + std::to_string(length));
  }
  if (length > file.size() - kLengthBytes) {
    return file_error("safetensors.truncated", file.size(),
                      "the header has " + std::to_string(length) + " bytes, but only " +
                          bytes_text(file.size() - kLengthBytes) + " follow its length");
  }
  const Bytes json = file.subspan(kLengthBytes, static_cast<std::size_t>(length));
  if (json.front() != '{') {
    return file_error("safetensors.header_start", kLengthBytes, "the header must begin with '{'");
  }
  auto header = read_safetensors_header(json, kLengthBytes);
  if (!header) return header.error();
  const std::size_t data_start = kLengthBytes + json.size();
  const Bytes data = file.subspan(data_start);
  if (auto ok = check_layout(header->entries, data_start, static_cast<std::int64_t>(data.size())); !ok) {
    return ok.error();
  }
  TensorFile out;
  out.metadata = std::move(header->metadata);
  out.tensors.reserve(header->entries.size());
  for (SafetensorsEntry& entry : header->entries) {
    const Bytes bytes =
        data.subspan(static_cast<std::size_t>(entry.begin), static_cast<std::size_t>(entry.end - entry.begin));
    out.tensors.push_back({std::move(entry.name), decode_elements(entry.type, entry.shape, bytes)});
  }
  return out;
}

std::vector<std::uint8_t> write_safetensors(const TensorFile& file) {
  const std::string header = header_text(file);
  std::vector<std::uint8_t> out;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    out.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(header.size()) >> (8 * i)));
  }
  out.insert(out.end(), header.begin(), header.end());
  for (const NamedTensor& named : file.tensors) encode_elements(named.tensor, out);
  return out;
}

}  // namespace backstep
