  def zeros(self, shape: List[int], like: Tensor) -> Tensor:
    return torch.zeros(shape, dtype=like.dtype, device=like.device)
  def grown(self, old: Tensor, length: int) -> Tensor:
    wider = torch.zeros([old.size(0), old.size(1), length, old.size(3)], dtype=old.dtype, device=old.device)
    torch.copy_(torch.slice(wider, 2, 0, old.size(2), 1), old)
    return wider
  def row(self, cache: Tensor, index: int) -> Tensor:
    return torch.narrow(cache, 0, index, 1)
  def move(self, cache: Tensor, source: int, target: int, length: int) -> Tensor:
    part = torch.narrow(torch.narrow(cache, 0, source, 1), 2, 0, length)
    return torch.copy_(torch.narrow(torch.narrow(cache, 0, target, 1), 2, 0, length), part)
  def last(self, rows: List[Tensor]) -> Tensor:
    ends : List[Tensor] = []
    for row in rows:
      ends.append(torch.slice(row, 1, row.size(1) - 1, row.size(1), 1))
    return torch.cat(ends, 0)
