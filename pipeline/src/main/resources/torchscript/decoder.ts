  def rotary(self, like: Tensor, length: int, dim: int, theta: float) -> List[Tensor]:
    exponents = torch.arange(0, dim, 2, dtype=6, device=like.device) / dim
    frequencies = torch.reciprocal(torch.pow(theta, exponents))
    angles = torch.outer(torch.arange(0, length, 1, dtype=6, device=like.device), frequencies)
    angles = torch.cat([angles, angles], -1)
    return [torch.cos(angles).to(like.dtype), torch.sin(angles).to(like.dtype)]
  def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    dim = cos.size(-1)
    head = torch.slice(x, -1, 0, dim, 1)
    first, second = torch.chunk(head, 2, -1)
    turned = head * cos + torch.cat([-second, first], -1) * sin
    if dim < x.size(-1):
      turned = torch.cat([turned, torch.slice(x, -1, dim, x.size(-1), 1)], -1)
    return turned
  def norm(self, x: Tensor, weight: Tensor, eps: float) -> Tensor:
    return torch.rms_norm(x, [weight.size(0)], weight, eps)
  def project(self, x: Tensor, weight: Tensor, lora: List[Tensor], index: int, scale: float, dropout: float) -> Tensor:
    y = torch.linear(x, weight)
    if len(lora) > 0:
      down = lora[3 * index]
      if down.numel() > 0:
        up, magnitude = lora[3 * index + 1], lora[3 * index + 2]
        dropped = torch.dropout(x, dropout, dropout > 0.)
        low = torch.linear(dropped, down.to(x.dtype))
        if magnitude.numel() > 0:
          base = y
          if dropout > 0.:
            base = torch.linear(dropped, weight)
          gain = (magnitude / self.lengths(weight, down, up, scale)).to(x.dtype)
          y = y + ((gain - 1) * base + gain * torch.linear(low, up.to(x.dtype)) * scale)
        else:
          y = torch.add(y, torch.linear(low, up.to(x.dtype)), alpha=scale)
    return y
  def lengths(self, weight: Tensor, down: Tensor, up: Tensor, scale: float) -> Tensor:
    adapted = torch.addmm(weight, up.detach().to(weight.dtype), down.detach().to(weight.dtype), beta=1, alpha=scale)
    return self.row_lengths(adapted)
  def row_lengths(self, weight: Tensor) -> Tensor:
    return torch.linalg_vector_norm(weight, 2, [1], False, dtype=6)
  def attend(self, q: Tensor, k: Tensor, v: Tensor, cos: Tensor, sin: Tensor, heads: List[int]) -> Tensor:
    batch, length = q.size(0), q.size(1)
    q = torch.transpose(torch.reshape(q, [batch, length, heads[0], heads[2]]), 1, 2)
    k = torch.transpose(torch.reshape(k, [batch, length, heads[1], heads[2]]), 1, 2)
    v = torch.transpose(torch.reshape(v, [batch, length, heads[1], heads[2]]), 1, 2)
    cos = torch.slice(cos, 0, 0, length, 1)
    sin = torch.slice(sin, 0, 0, length, 1)
    q = self.rotate(q, cos, sin)
    k = self.rotate(k, cos, sin)
    y = torch.scaled_dot_product_attention(q, k, v, None, 0., True, scale=None, enable_gqa=True)
    return torch.reshape(torch.transpose(y, 1, 2), [batch, length, heads[0] * heads[2]])
  def fused_layer(self, x: Tensor, w: List[Tensor], lora: List[Tensor], cos: Tensor, sin: Tensor, heads: List[int], eps: float, scale: float, dropout: float) -> Tensor:
    h = self.norm(x, w[0], eps)
    qkv = self.project(h, w[1], lora, 0, scale, dropout)
    q, k, v = torch.split_with_sizes(qkv, [heads[0] * heads[2], heads[1] * heads[2], heads[1] * heads[2]], -1)
    y = self.attend(q, k, v, cos, sin, heads)
    x = x + self.project(y, w[2], lora, 1, scale, dropout)
    h = self.norm(x, w[3], eps)
    gate, up = torch.chunk(self.project(h, w[4], lora, 2, scale, dropout), 2, -1)
    return x + self.project(torch.silu(gate) * up, w[5], lora, 3, scale, dropout)
  def embed(self, ids: Tensor, table: Tensor) -> Tensor:
    return torch.embedding(table, ids)
  def logits(self, x: Tensor, norm: Tensor, head: Tensor, eps: float) -> Tensor:
    return torch.linear(self.norm(x, norm, eps), head).to(6)
  def loss(self, x: Tensor, norm: Tensor, head: Tensor, targets: Tensor, eps: float, total: float, first: int, count: int) -> Tensor:
    flat = torch.reshape(targets, [-1])
    keep = torch.slice(torch.reshape(torch.nonzero(torch.ne(flat, -100)), [-1]), 0, first, first + count, 1)
    rows = torch.index_select(torch.reshape(x, [-1, x.size(-1)]), 0, keep)
    scores = self.logits(rows, norm, head, eps)
    return torch.cross_entropy_loss(scores, torch.index_select(flat, 0, keep), None, 2, -100, 0.) / total
