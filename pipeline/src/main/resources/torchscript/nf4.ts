  def bytes(self, count: int, like: Tensor) -> Tensor:
    return torch.empty([count], dtype=0, device=like.device)
  def buffer(self, shape: List[int], like: Tensor) -> List[Tensor]:
    storage = torch.empty(shape, dtype=like.dtype, device=like.device)
    return [storage, storage.data]
  def divisor(self, largest: Tensor) -> Tensor:
    return torch.where(torch.eq(largest, 0.), torch.ones_like(largest), largest)
  def nearest(self, blocks: Tensor, limits: Tensor) -> List[Tensor]:
    largest = torch.amax(torch.abs(blocks), [1], True)
    codes = torch.bucketize(blocks / self.divisor(largest), limits, out_int32=True, right=False).to(0)
    return [codes, torch.reshape(largest, [-1])]
  def cell(self, values: Tensor) -> Tensor:
    return torch.clamp_(torch.mul_(torch.add(values, 1.), 32.).to(3), 0, 64)
  def cells(self, limits: Tensor) -> List[Tensor]:
    cell = torch.unsqueeze(self.cell(limits), 0)
    number = torch.unsqueeze(torch.arange(65, dtype=3, device=limits.device), 1)
    lower = torch.sum(torch.lt(cell, number), [1]).to(limits.dtype)
    inside = torch.where(torch.eq(cell, number), limits, torch.full_like(limits, float("inf")))
    return [lower, torch.amin(inside, [1])]
  def quantise(self, weights: Tensor, start: int, count: int, lower: Tensor, limits: Tensor, packed: Tensor, absmax: Tensor, first: int) -> Tensor:
    blocks = torch.view(torch.narrow(torch.view(weights, [-1]), 0, start, count), [-1, 64])
    largest = torch.amax(torch.abs(blocks), [1], True)
    values = torch.view(blocks / self.divisor(largest), [-1])
    cell = self.cell(values)
    above = torch.lt_(torch.index_select(limits, 0, cell), values)
    pairs = torch.view(torch.add_(above, torch.index_select(lower, 0, cell)).to(0), [-1, 2])
    joined = torch.add(torch.select(pairs, 1, 1), torch.select(pairs, 1, 0), alpha=16)
    torch.copy_(torch.narrow(packed, 0, first // 2, joined.size(0)), joined)
    return torch.copy_(torch.narrow(absmax, 0, first // 64, largest.size(0)), torch.view(largest, [-1]))
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
