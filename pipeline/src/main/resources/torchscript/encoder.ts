  def embed(self, ids: Tensor, first: int, w: List[Tensor], eps: float) -> Tensor:
    positions = torch.arange(first, first + ids.size(1), 1, device=ids.device)
    x = torch.embedding(w[0], ids) + torch.embedding(w[1], positions)
    if len(w) > 4:
      x = x + torch.select(w[4], 0, 0)
    return self.norm(x, w[2], w[3], eps)
  def norm(self, x: Tensor, weight: Tensor, bias: Tensor, eps: float) -> Tensor:
    return torch.layer_norm(x, [x.size(-1)], weight, bias, eps, True)
  def heads(self, x: Tensor, heads: int) -> Tensor:
    return torch.transpose(torch.reshape(x, [x.size(0), x.size(1), heads, -1]), 1, 2)
  def layer(self, x: Tensor, w: List[Tensor], heads: int, eps: float) -> Tensor:
    q = self.heads(torch.linear(x, w[0], w[1]), heads)
    k = self.heads(torch.linear(x, w[2], w[3]), heads)
    v = self.heads(torch.linear(x, w[4], w[5]), heads)
    seen = torch.scaled_dot_product_attention(q, k, v, None, 0., False, scale=None, enable_gqa=False)
    y = torch.reshape(torch.transpose(seen, 1, 2), x.size())
    x = self.norm(x + torch.linear(y, w[6], w[7]), w[8], w[9], eps)
    wide = torch.gelu(torch.linear(x, w[10], w[11]), approximate="none")
    return self.norm(x + torch.linear(wide, w[12], w[13]), w[14], w[15], eps)
  def classify(self, x: Tensor, w: List[Tensor], rectified: bool) -> Tensor:
    first = torch.linear(torch.select(x, 1, 0), w[0], w[1])
    if rectified:
      first = torch.relu(first)
    else:
      first = torch.tanh(first)
    return torch.view(torch.linear(first, w[2], w[3]), [-1])
