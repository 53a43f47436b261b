  def merge(self, w: Tensor, b: Tensor, a: Tensor, scale: float) -> Tensor:
    return torch.addmm(w, b, a, beta=1, alpha=scale)
  def merge_decomposed(self, w: Tensor, b: Tensor, a: Tensor, m: Tensor, scale: float) -> List[Tensor]:
    v = self.merge(w, b, a, scale)
    lengths = torch.linalg_vector_norm(v, 2, [1])
    return [torch.unsqueeze(m / lengths, 1) * v, lengths]
  def unmerge_decomposed(self, w: Tensor, b: Tensor, a: Tensor, m: Tensor, lengths: Tensor, scale: float) -> Tensor:
    return self.merge(w / torch.unsqueeze(m / lengths, 1), b, a, -scale)
