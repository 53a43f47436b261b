  def squares(self, x: Tensor) -> Tensor:
    flat = torch.reshape(x, [-1, x.size(-1)]).to(6)
    return torch.sum(flat * flat, [0], False, dtype=6)
  def cut_squares(self, x: Tensor, w: List[Tensor], biases: List[Tensor], none: List[Tensor], cos: Tensor, sin: Tensor, window: Tensor, samples: List[int], parts: int, heads: List[int], eps: float) -> List[Tensor]:
    halves = 1
    if parts == 3:
      halves = 2
    found = self.before(x, w, biases, none, cos, sin, samples, parts, heads, eps, 1., 0.)
    y = self.attend(found[0], found[1], found[2], window, samples, none)
    after = self.after(x, y, w, biases, none, parts, eps, 1., 0., True)
    first = len(after) - 2 * halves - 1
    gate, up = self.gated(torch.slice(after, first, len(after), 1), halves)
    attention = self.squares(self.norm(x, w[0], eps))
    wide = self.squares(self.norm(after[1], w[2 + parts], eps))
    result = [after[0]]
    for i in range(parts):
      result.append(attention)
    result.append(self.squares(y))
    for i in range(halves):
      result.append(wide)
    result.append(self.squares(torch.silu(gate) * up))
    return result
  def fused_layer_squares(self, x: Tensor, w: List[Tensor], biases: List[Tensor], none: List[Tensor], cos: Tensor, sin: Tensor, window: Tensor, samples: List[int], heads: List[int], eps: float) -> List[Tensor]:
    return self.cut_squares(x, w, biases, none, cos, sin, window, samples, 1, heads, eps)
  def split_layer_squares(self, x: Tensor, w: List[Tensor], biases: List[Tensor], none: List[Tensor], cos: Tensor, sin: Tensor, window: Tensor, samples: List[int], heads: List[int], eps: float) -> List[Tensor]:
    return self.cut_squares(x, w, biases, none, cos, sin, window, samples, 3, heads, eps)
  def parallel_layer_squares(self, x: Tensor, w: List[Tensor], biases: List[Tensor], none: List[Tensor], cos: Tensor, sin: Tensor, window: Tensor, samples: List[int], heads: List[int], eps: float) -> List[Tensor]:
    h = self.layer_norm(x, w[0], w[1], eps)
    found = self.group(h, torch.slice(w, 2, 5, 1), biases, none, 0, 1., 0.)
    q = self.rotate(self.heads(found[0], x, samples, heads[0], heads[2]), cos, sin)
    k = self.rotate(self.heads(found[1], x, samples, heads[1], heads[2]), cos, sin)
    y = self.attend(q, k, self.heads(found[2], x, samples, heads[1], heads[2]), window, samples, none)
    attention = self.group(y, [w[5]], biases, none, 3, 1., 0.)
    wide = torch.gelu(self.group(h, [w[6]], biases, none, 4, 1., 0.)[0], approximate="tanh")
    down = self.group(wide, [w[7]], biases, none, 5, 1., 0.)
    output = torch.view(attention[0], x.size()) + torch.view(down[0], x.size()) + x
    shared = self.squares(h)
    return [output, shared, shared, shared, self.squares(y), shared, self.squares(wide)]
  def head_squares(self, x: Tensor, norm: Tensor, biases: List[Tensor], eps: float) -> Tensor:
    if len(biases) > 0:
      return self.squares(self.layer_norm(x, norm, biases[0], eps))
    return self.squares(self.norm(x, norm, eps))
