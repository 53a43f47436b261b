  def collect(self, into: Tensor, left: Tensor, right: Tensor, scale: float) -> Tensor:
    if into.dtype == left.dtype:
      result = torch.addmm_(into, left, right, beta=1, alpha=scale)
    else:
      result = torch.add_(into, torch.mm(left, right), alpha=scale)
    return result
  def units(self, x: Tensor, eps: float) -> Tuple[Tensor, Tensor]:
    wide = x.to(6)
    inverse = torch.rsqrt(torch.square(torch.linalg_vector_norm(wide, 2, [-1], True)) / x.size(-1) + eps)
    return (wide * inverse, inverse)
  def norm_back(self, upstream: Tensor, unit: Tensor, inverse: Tensor, weight: Tensor) -> Tensor:
    inner = upstream * weight
    share = torch.mean(inner * unit, [-1], True)
    return torch.mul_(torch.addcmul(inner, unit, share, value=-1), inverse).to(upstream.dtype)
  def group_back(self, upstream: List[Tensor], input: Tensor, lows: List[Tensor], mask: Tensor, w: List[Tensor], lora: List[Tensor], grads: List[Tensor], first: int, scale: float, dropout: float, through: bool) -> Tensor:
    x = self.dropped(input, mask, dropout)
    back : List[Tensor] = []
    downs : List[Tensor] = []
    for i in range(len(w)):
      index = 3 * (first + i)
      if lows[i].numel() > 0:
        down, up = lora[index].to(x.dtype), lora[index + 1].to(x.dtype)
        low = torch.mul_(torch.mm(upstream[i], up), scale)
        self.collect(grads[index], torch.t(low), x, 1.)
        self.collect(grads[index + 1], torch.t(upstream[i]), lows[i], scale)
        back.append(low)
        downs.append(down)
    result = torch.empty([0], dtype=x.dtype, device=x.device)
    if through:
      result = torch.mm(upstream[0], w[0])
      for i in range(1, len(w)):
        result = torch.addmm_(result, upstream[i], w[i], beta=1, alpha=1)
      if len(back) > 0 and mask.numel() > 0:
        dropped = torch.mul_(torch.mm(torch.cat(back, -1), torch.cat(downs)), mask)
        result = torch.add_(result, dropped, alpha=1. / (1. - dropout))
      elif len(back) > 0:
        result = torch.addmm_(result, torch.cat(back, -1), torch.cat(downs), beta=1, alpha=1)
    return result
  def after_back(self, upstream: Tensor, y: Tensor, kept: List[Tensor], w: List[Tensor], lora: List[Tensor], grads: List[Tensor], parts: int, eps: float, scale: float, dropout: float) -> List[Tensor]:
    halves = 1
    if parts == 3:
      halves = 2
    out = torch.view(upstream, [-1, upstream.size(-1)])
    middle = torch.view(kept[1], out.size())
    wide = torch.slice(kept, 6, len(kept), 1)
    gate, up = self.gated(wide, halves)
    gated = torch.silu(gate)
    last = 3 + parts + halves
    product = self.group_back([out], gated * up, [kept[4]], kept[5], torch.slice(w, last, last + 1, 1), lora, grads, 1 + parts + halves, scale, dropout, True)
    ups = product * gated
    gates = torch.silu_backward(torch.mul_(product, up), gate)
    both = [gates, ups]
    if halves == 1:
      both = [torch.cat([gates, ups], -1)]
    norm = w[2 + parts]
    unit, inverse = self.units(middle, eps)
    h = unit.to(middle.dtype) * norm
    inner = self.group_back(both, h, torch.slice(wide, halves, 2 * halves, 1), wide[2 * halves], torch.slice(w, 3 + parts, last, 1), lora, grads, 1 + parts, scale, dropout, True)
    x = torch.add_(self.norm_back(inner, unit, inverse, norm), out)
    attended = self.group_back([x], y, [kept[2]], kept[3], torch.slice(w, 1 + parts, 2 + parts, 1), lora, grads, parts, scale, dropout, True)
    return [attended, x]
  def unrotated(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    return self.rotate(x, cos, torch.neg(sin))
  def flat(self, x: Tensor) -> Tensor:
    return torch.reshape(torch.transpose(x, 1, 2), [-1, x.size(1) * x.size(3)])
  def before_back(self, upstream: Tensor, q: Tensor, k: Tensor, v: Tensor, x: Tensor, kept: List[Tensor], w: List[Tensor], lora: List[Tensor], grads: List[Tensor], cos: Tensor, sin: Tensor, parts: int, eps: float, scale: float, dropout: float, through: bool) -> Tensor:
    q = self.unrotated(q, cos, sin)
    k = self.unrotated(k, cos, sin)
    if len(w) > 9:
      unit, inverse = self.units(kept[parts + 4], eps)
      q = self.norm_back(q, unit, inverse, w[9])
      unit, inverse = self.units(kept[parts + 5], eps)
      k = self.norm_back(k, unit, inverse, w[10])
    all = [self.flat(q), self.flat(k), self.flat(v)]
    if parts == 1:
      all = [torch.cat(all, -1)]
    input = torch.view(x, [-1, x.size(-1)])
    unit, inverse = self.units(input, eps)
    inner = self.group_back(all, unit.to(x.dtype) * w[0], torch.slice(kept, 3, 3 + parts, 1), kept[3 + parts], torch.slice(w, 1, 1 + parts, 1), lora, grads, 0, scale, dropout, through)
    if through:
      inner = torch.add_(self.norm_back(inner, unit, inverse, w[0]), upstream)
    return inner
  def loss_back(self, x: Tensor, norm: Tensor, head: Tensor, biases: List[Tensor], targets: Tensor, eps: float, total: float, first: int, count: int, gradient: Tensor) -> Tensor:
    flat = torch.reshape(targets, [-1])
    keep = torch.slice(torch.reshape(torch.nonzero(torch.ne(flat, -100)), [-1]), 0, first, first + count, 1)
    wanted = torch.index_select(flat, 0, keep)
    rows = torch.index_select(torch.reshape(x, [-1, x.size(-1)]), 0, keep)
    scores = self.logits(rows, norm, head, biases, eps)
    scores = torch.sub_(scores, torch.amax(scores, [-1], True))
    chosen = torch.gather(scores, -1, torch.unsqueeze(wanted, -1))
    scores = torch.exp_(scores)
    sums = torch.sum(scores, [-1], True)
    inner = torch.mm(scores.to(head.dtype), head) / sums - torch.index_select(head, 0, wanted)
    inner = torch.div_(inner, total)
    unit, inverse = self.units(rows, eps)
    torch.index_copy_(torch.view(gradient, [-1, x.size(-1)]), 0, keep, self.norm_back(inner.to(x.dtype), unit, inverse, norm))
    return torch.sum(torch.log(sums) - chosen) / total
  def zeros(self, x: Tensor) -> Tensor:
    return torch.zeros_like(x)
