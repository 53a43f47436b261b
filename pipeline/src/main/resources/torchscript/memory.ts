  def mapped(self, path: str, elements: int, dtype: int, first: int, shape: List[int], like: Tensor) -> Tensor:
    count = 1
    for size in shape:
      count = count * size
    part = torch.narrow(torch.from_file(path, False, elements, dtype=dtype), 0, first, count)
    return torch.view(part, shape).to(like)
  def copied(self, path: str, bytes: int, dtype: int, first: int, length: int, shape: List[int], like: Tensor) -> Tensor:
    part = torch.clone(torch.narrow(torch.from_file(path, False, bytes, dtype=0), 0, first, length))
    return torch.view(torch.view_copy(part, dtype=dtype), shape).to(like)
  def allocated(self, shape: List[int], like: Tensor) -> Tensor:
    return torch.empty(shape, dtype=like.dtype, device=like.device)
  def filled(self, target: Tensor, first: int, values: Tensor) -> Tensor:
    return torch.narrow(torch.view(target, [-1]), 0, first, values.size(0)).copy_(values)
  def pairs_to_halves(self, x: Tensor, heads: int) -> Tensor:
    pairs = torch.view(x, [heads, x.size(0) // heads // 2, 2, -1])
    return torch.reshape(torch.transpose(pairs, 1, 2), x.size())
  def cast(self, x: Tensor, dtype: int) -> Tensor:
    return x.to(dtype)
  def uniform(self, like: Tensor, bound: float) -> Tensor:
    return torch.uniform_(torch.empty_like(like), -bound, bound)
  def normal(self, like: Tensor, std: float) -> Tensor:
    return torch.normal_(torch.empty_like(like), 0., std)
