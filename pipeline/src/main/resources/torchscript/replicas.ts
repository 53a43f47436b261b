  def add(self, sums: List[Tensor], parts: List[Tensor]) -> Tensor:
    for sum, part in zip(sums, parts):
      torch.add_(sum, part.to(sum.device))
    return sums[0]
  def copy(self, targets: List[Tensor], values: List[Tensor]) -> Tensor:
    for target, value in zip(targets, values):
      torch.copy_(target, value)
    return targets[0]
