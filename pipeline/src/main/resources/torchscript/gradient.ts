  def unit(self, x: Tensor, eps: float) -> Tuple[Tensor, Tensor]:
    wide = x.to(6)
    inverse = torch.rsqrt(torch.square(torch.linalg_vector_norm(wide, 2, [-1], True)) / x.size(-1) + eps)
    return (wide * inverse, inverse)
  def norm_back(self, upstream: Tensor, unit: Tensor, inverse: Tensor, weight: Tensor) -> Tensor:
    inner = upstream * weight
    share = torch.mean(inner * unit, [-1], True)
    return torch.mul_(torch.addcmul(inner, unit, share, value=-1), inverse).to(upstream.dtype)
  def lows_back(self, upstream: List[Tensor], lows: List[Tensor], lora: List[Tensor], first: int, scale: float) -> List[Tensor]:
    back : List[Tensor] = []
    for i in range(len(upstream)):
      low = lows[i]
      if low.numel() > 0:
        low = torch.mul_(torch.mm(upstream[i], lora[3 * (first + i) + 1].to(low.dtype)), scale)
      back.append(low)
    return back
  def collect(self, upstream: List[Tensor], back: List[Tensor], input: Tensor, lows: List[Tensor], mask: Tensor, grads: List[Tensor], first: int, scale: float, dropout: float) -> int:
    x = self.dropped(input, mask, dropout)
    for i in range(len(upstream)):
      if lows[i].numel() > 0:
        self.add_product(grads[3 * (first + i)], torch.t(back[i]), x, 1.)
        self.add_product(grads[3 * (first + i) + 1], torch.t(upstream[i]), lows[i], scale)
    return 0
  def add_product(self, into: Tensor, left: Tensor, right: Tensor, scale: float) -> Tensor:
    return torch.add_(into, torch.mul_(torch.mm(left, right), scale))
  def through(self, upstream: List[Tensor], back: List[Tensor], mask: Tensor, w: List[Tensor], lora: List[Tensor], first: int, dropout: float) -> Tensor:
    lows : List[Tensor] = []
    downs : List[Tensor] = []
    result = torch.mm(upstream[0], w[0])
    for i in range(len(w)):
      if i > 0:
        result = torch.addmm_(result, upstream[i], w[i], beta=1, alpha=1)
      if back[i].numel() > 0:
        lows.append(back[i])
        downs.append(lora[3 * (first + i)].to(result.dtype))
    if len(lows) > 0 and mask.numel() > 0:
      dropped = torch.mul_(torch.mm(torch.cat(lows, -1), torch.cat(downs)), mask)
      result = torch.add_(result, dropped, alpha=1. / (1. - dropout))
    elif len(lows) > 0:
      result = torch.addmm_(result, torch.cat(lows, -1), torch.cat(downs), beta=1, alpha=1)
    return result
  def product_back(self, upstream: Tensor, wide: List[Tensor], halves: int) -> List[Tensor]:
    gate, up = self.gated(wide, halves)
    active = torch.silu(gate)
    ups = upstream * active
    gates = torch.silu_backward(torch.mul_(upstream, up), gate)
    both = [gates, ups]
    if halves == 1:
      both = [torch.cat(both, -1)]
    return torch.add(both, [torch.mul_(active, up)])
  def after_back(self, upstream: Tensor, y: Tensor, kept: List[Tensor], w: List[Tensor], lora: List[Tensor], grads: List[Tensor], parts: int, eps: float, scale: float, dropout: float) -> List[Tensor]:
    halves = 1
    if parts == 3:
      halves = 2
    out = torch.view(upstream, [-1, upstream.size(-1)])
    middle = torch.view(kept[1], out.size())
    wide = torch.slice(kept, 6, len(kept), 1)
    last = 1 + parts + halves
    back = self.lows_back([out], [kept[4]], lora, last, scale)
    product = self.through([out], back, kept[5], [w[2 + last]], lora, last, dropout)
    found = self.product_back(product, wide, halves)
    both = torch.slice(found, 0, halves, 1)
    self.collect([out], back, found[halves], [kept[4]], kept[5], grads, last, scale, dropout)
    lows, mask = torch.slice(wide, halves, 2 * halves, 1), wide[2 * halves]
    back = self.lows_back(both, lows, lora, 1 + parts, scale)
    unit, inverse = self.unit(middle, eps)
    self.collect(both, back, unit.to(middle.dtype) * w[2 + parts], lows, mask, grads, 1 + parts, scale, dropout)
    inner = self.through(both, back, mask, torch.slice(w, 3 + parts, 2 + last, 1), lora, 1 + parts, dropout)
    x = torch.add_(self.norm_back(inner, unit, inverse, w[2 + parts]), out)
    back = self.lows_back([x], [kept[2]], lora, parts, scale)
    self.collect([x], back, y, [kept[2]], kept[3], grads, parts, scale, dropout)
    return [self.through([x], back, kept[3], [w[1 + parts]], lora, parts, dropout), x]
  def unrotated(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    return self.rotate(x, cos, torch.neg(sin))
  def flat(self, x: Tensor) -> Tensor:
    return torch.reshape(torch.transpose(x, 1, 2), [-1, x.size(1) * x.size(3)])
  def before_back(self, upstream: Tensor, q: Tensor, k: Tensor, v: Tensor, x: Tensor, kept: List[Tensor], w: List[Tensor], lora: List[Tensor], grads: List[Tensor], cos: Tensor, sin: Tensor, parts: int, eps: float, scale: float, dropout: float, below: bool) -> Tensor:
    q = self.unrotated(q, cos, sin)
    k = self.unrotated(k, cos, sin)
    if len(w) > 9:
      unit, inverse = self.unit(kept[parts + 4], eps)
      q = self.norm_back(q, unit, inverse, w[9])
      unit, inverse = self.unit(kept[parts + 5], eps)
      k = self.norm_back(k, unit, inverse, w[10])
    all = [self.flat(q), self.flat(k), self.flat(v)]
    if parts == 1:
      all = [torch.cat(all, -1)]
    input = torch.view(x, [-1, x.size(-1)])
    lows, mask = torch.slice(kept, 3, 3 + parts, 1), kept[3 + parts]
    back = self.lows_back(all, lows, lora, 0, scale)
    unit, inverse = self.unit(input, eps)
    self.collect(all, back, unit.to(x.dtype) * w[0], lows, mask, grads, 0, scale, dropout)
    result = upstream
    if below:
      inner = self.through(all, back, mask, torch.slice(w, 1, 1 + parts, 1), lora, 0, dropout)
      result = torch.view(torch.add_(self.norm_back(inner, unit, inverse, w[0]), upstream), x.size())
    return result
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
    unit, inverse = self.unit(rows, eps)
    torch.index_copy_(torch.view(gradient, [-1, x.size(-1)]), 0, keep, self.norm_back(inner.to(x.dtype), unit, inverse, norm))
    return torch.log(sums) - chosen
  def share(self, losses: Tensor, total: float) -> Tensor:
    return torch.sum(losses) / total
  def weigh(self, gradient: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
    flat = torch.reshape(targets, [-1])
    keep = torch.reshape(torch.nonzero(torch.ne(flat, -100)), [-1])
    factors = torch.index_copy_(torch.zeros([flat.size(0)], dtype=6, device=flat.device), 0, keep, weights)
    return torch.mul_(gradient, torch.view(factors, [gradient.size(0), gradient.size(1), 1]))
  def zeros(self, x: Tensor) -> Tensor:
    return torch.zeros_like(x)
