  def bytes(self, count: int, like: Tensor) -> Tensor:
    return torch.empty([count], dtype=0, device=like.device)
  def buffer(self, shape: List[int], like: Tensor) -> List[Tensor]:
    storage = torch.empty(shape, dtype=like.dtype, device=like.device)
    return [storage, storage.data]
  def nearest(self, blocks: Tensor, limits: Tensor) -> List[Tensor]:
    largest = torch.amax(torch.abs(blocks), [1], True)
    divisor = torch.where(torch.eq(largest, 0.), torch.ones_like(largest), largest)
    codes = torch.bucketize(blocks / divisor, limits, out_int32=True, right=False).to(0)
    return [codes, torch.reshape(largest, [-1])]
  def quantise(self, weights: Tensor, start: int, count: int, limits: Tensor, packed: Tensor, absmax: Tensor, first: int) -> Tensor:
    part = torch.narrow(torch.view(weights, [-1]), 0, start, count)
    codes, largest = self.nearest(torch.view(part, [-1, 64]), limits)
    pairs = torch.view(codes, [-1, 2])
    joined = torch.bitwise_or(torch.bitwise_left_shift(torch.select(pairs, 1, 0), 4), torch.select(pairs, 1, 1))
    torch.copy_(torch.narrow(packed, 0, first // 2, joined.size(0)), joined)
    return torch.copy_(torch.narrow(absmax, 0, first // 64, largest.size(0)), largest)
  def quantise_constants(self, absmax: Tensor, limits: Tensor) -> List[Tensor]:
    count = absmax.size(0)
    offset = torch.mean(absmax.to(7)).to(6)
    centred = torch.constant_pad_nd(absmax - offset, [0, (256 - count % 256) % 256], 0)
    codes, largest = self.nearest(torch.view(centred, [-1, 256]), limits)
    return [torch.clone(torch.narrow(torch.reshape(codes, [-1]), 0, 0, count)), largest, offset]
  def constants(self, codes: Tensor, largest: Tensor, offset: Tensor, values: Tensor) -> Tensor:
    scale = torch.narrow(torch.repeat_interleave(largest, 256, 0), 0, 0, codes.size(0))
    return torch.index_select(values, 0, codes.to(3)) * scale + offset
  def restore(self, target: Tensor, packed: Tensor, absmax: Tensor, pairs: Tensor, chunk: int) -> Tensor:
    flat = torch.view(target, [-1])
    first = 0
    while first < flat.size(0):
      count = min(chunk, flat.size(0) - first)
      index = torch.narrow(packed, 0, first // 2, count // 2).to(3)
      values = torch.view(torch.index_select(pairs, 0, index), [-1, 64])
      scale = torch.unsqueeze(torch.narrow(absmax, 0, first // 64, count // 64), 1)
      torch.copy_(torch.narrow(flat, 0, first, count), torch.view(torch.mul_(values, scale), [-1]))
      first = first + count
    return target
