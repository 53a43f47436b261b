  def rotary(self, like: Tensor, length: int, dim: int, theta: float, divisors: Tensor, factor: float) -> List[Tensor]:
    exponents = torch.arange(0, dim, 2, dtype=6, device=like.device) / dim
    frequencies = torch.reciprocal(divisors.to(like.device) * torch.pow(theta, exponents))
    angles = torch.outer(torch.arange(0, length, 1, dtype=6, device=like.device), frequencies)
    angles = torch.cat([angles, angles], -1)
    return [(torch.cos(angles) * factor).to(like.dtype), (torch.sin(angles) * factor).to(like.dtype)]
  def turned(self, positions: Tensor, near: Tensor, far: Tensor, original: int) -> Tensor:
    early = torch.unsqueeze(torch.lt(positions, original), 1)
    row = torch.where(early, torch.embedding(near, torch.clamp(positions, 0, near.size(0) - 1)), torch.embedding(far, positions))
    return torch.view(row, [positions.size(0), 1, 1, -1])
  def unseen(self, like: Tensor, positions: Tensor, length: int, tokens: int) -> Tensor:
    back = torch.unsqueeze(positions, 1) - torch.arange(0, length, 1, device=like.device)
    hidden = torch.lt(back, 0)
    if tokens > 0:
      hidden = torch.logical_or(hidden, torch.ge(back, tokens))
    mask = torch.masked_fill(torch.zeros([positions.size(0), length], dtype=like.dtype, device=like.device), hidden, -inf)
    return torch.view(mask, [positions.size(0), 1, 1, length])
  def window(self, like: Tensor, length: int, tokens: int) -> Tensor:
    positions = torch.arange(0, length, 1, device=like.device)
    back = torch.unsqueeze(positions, 1) - positions
    hidden = torch.logical_or(torch.lt(back, 0), torch.ge(back, tokens))
    return torch.masked_fill(torch.zeros([length, length], dtype=like.dtype, device=like.device), hidden, -inf)
  def rotate(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    dim = cos.size(-1)
    if cos.dim() == 2:
      cos, sin = torch.slice(cos, 0, 0, x.size(2), 1), torch.slice(sin, 0, 0, x.size(2), 1)
    head = torch.slice(x, -1, 0, dim, 1)
    first, second = torch.chunk(head, 2, -1)
    turned = torch.addcmul(head * cos, torch.cat([-second, first], -1), sin, value=1)
    if dim < x.size(-1):
      turned = torch.cat([turned, torch.slice(x, -1, dim, x.size(-1), 1)], -1)
    return turned
  def norm(self, x: Tensor, weight: Tensor, eps: float) -> Tensor:
    return torch.rms_norm(x, [weight.size(0)], weight, eps)
  def layer_norm(self, x: Tensor, weight: Tensor, bias: Tensor, eps: float) -> Tensor:
    return torch.layer_norm(x, [weight.size(0)], weight, bias, eps, True)
  def linear(self, x: Tensor, weight: Tensor, biases: List[Tensor], index: int) -> Tensor:
    if len(biases) > 0 and biases[index].numel() > 0:
      return torch.linear(x, weight, biases[index])
    return torch.linear(x, weight)
  def lows(self, x: Tensor, lora: List[Tensor], first: int, count: int, dropout: float) -> List[Tensor]:
    none = torch.empty([0], dtype=x.dtype, device=x.device)
    mask = none
    downs : List[Tensor] = []
    ranks : List[int] = []
    if len(lora) > 0:
      for i in range(count):
        down = lora[3 * (first + i)]
        ranks.append(0)
        if down.numel() > 0:
          downs.append(down)
          ranks[i] = down.size(0)
    found : List[Tensor] = []
    if len(downs) > 0:
      dropped = x
      if dropout > 0.:
        dropped, mask = torch.native_dropout(x, dropout, True)
      found = torch.split_with_sizes(torch.linear(dropped, torch.cat(downs).to(x.dtype)), ranks, -1)
    else:
      for i in range(count):
        found.append(none)
    return torch.add(found, [mask])
  def project(self, x: Tensor, weight: Tensor, biases: List[Tensor], lora: List[Tensor], index: int, low: Tensor, mask: Tensor, scale: float, dropout: float) -> Tensor:
    y = self.linear(x, weight, biases, index)
    if low.numel() > 0:
      up, magnitude = lora[3 * index + 1], lora[3 * index + 2]
      if magnitude.numel() > 0:
        base = y
        if mask.numel() > 0:
          base = torch.linear(self.dropped(x, mask, dropout), weight)
        elif len(biases) > 0 and biases[index].numel() > 0:
          base = y - biases[index]
        gain = (magnitude / self.lengths(weight, lora[3 * index], up, scale)).to(x.dtype)
        y = y + ((gain - 1) * base + gain * torch.linear(low, up.to(x.dtype)) * scale)
      else:
        y = torch.addmm_(y, low, torch.t(up.to(x.dtype)), beta=1, alpha=scale)
    return y
  def dropped(self, x: Tensor, mask: Tensor, dropout: float) -> Tensor:
    if mask.numel() > 0:
      x = x * mask * (1. / (1. - dropout))
    return x
  def group(self, input: Tensor, w: List[Tensor], biases: List[Tensor], lora: List[Tensor], first: int, scale: float, dropout: float) -> List[Tensor]:
    x = torch.reshape(input, [-1, input.size(-1)])
    lows = self.lows(x, lora, first, len(w), dropout)
    outputs : List[Tensor] = []
    for i in range(len(w)):
      outputs.append(self.project(x, w[i], biases, lora, first + i, lows[i], lows[len(w)], scale, dropout))
    return torch.add(outputs, lows)
  def lengths(self, weight: Tensor, down: Tensor, up: Tensor, scale: float) -> Tensor:
    adapted = torch.addmm(weight, up.detach().to(weight.dtype), down.detach().to(weight.dtype), beta=1, alpha=scale)
    return self.row_lengths(adapted)
  def row_lengths(self, weight: Tensor) -> Tensor:
    return torch.linalg_vector_norm(weight, 2, [1], False, dtype=6)
  def causal(self, q: Tensor, k: Tensor, v: Tensor, window: Tensor) -> Tensor:
    shares = q.is_cuda
    if not shares:
      groups = torch.floordiv(q.size(1), k.size(1))
      k = self.repeat(k, groups)
      v = self.repeat(v, groups)
    if window.numel() > 0:
      mask = torch.slice(torch.slice(window, 0, 0, q.size(2), 1), 1, 0, q.size(2), 1)
      return torch.scaled_dot_product_attention(q, k, v, mask, 0., False, scale=None, enable_gqa=shares)
    return torch.scaled_dot_product_attention(q, k, v, None, 0., True, scale=None, enable_gqa=shares)
  def repeat(self, x: Tensor, times: int) -> Tensor:
    if times > 1:
      wide = torch.expand(torch.unsqueeze(x, 2), [x.size(0), x.size(1), times, x.size(2), x.size(3)])
      x = torch.reshape(wide, [x.size(0), x.size(1) * times, x.size(2), x.size(3)])
    return x
  def recall(self, q: Tensor, k: Tensor, v: Tensor, hidden: Tensor, keys: Tensor, values: Tensor, positions: Tensor) -> Tensor:
    rows, heads, dim = k.size(0), k.size(1), k.size(3)
    index = torch.expand(torch.view(positions, [rows, 1, 1, 1]), [rows, heads, 1, dim])
    torch.scatter_(torch.narrow(keys, 0, 0, rows), 2, index, k)
    torch.scatter_(torch.narrow(values, 0, 0, rows), 2, index, v)
    keys = torch.narrow(torch.narrow(keys, 0, 0, rows), 2, 0, hidden.size(3))
    values = torch.narrow(torch.narrow(values, 0, 0, rows), 2, 0, hidden.size(3))
    groups = torch.reshape(q, [rows, heads, -1, dim])
    y = torch.scaled_dot_product_attention(groups, keys, values, hidden, 0., False, scale=None, enable_gqa=False)
    return torch.reshape(y, [rows, -1, 1, dim])
  def heads(self, x: Tensor, like: Tensor, samples: List[int], heads: int, size: int) -> Tensor:
    batch, length = like.size(0), like.size(1)
    if len(samples) > 0:
      batch, length = 1, like.size(0) * like.size(1)
    return torch.transpose(torch.reshape(x, [batch, length, heads, size]), 1, 2)
  def attend(self, q: Tensor, k: Tensor, v: Tensor, window: Tensor, samples: List[int], cache: List[Tensor]) -> Tensor:
    if len(cache) == 2:
      torch.copy_(torch.slice(cache[0], 2, 0, k.size(2), 1), k)
      torch.copy_(torch.slice(cache[1], 2, 0, v.size(2), 1), v)
    if len(cache) == 3:
      y = self.recall(q, k, v, window, cache[0], cache[1], cache[2])
    elif len(samples) > 0:
      parts : List[Tensor] = []
      for a, b, c in zip(torch.split_with_sizes(q, samples, 2), torch.split_with_sizes(k, samples, 2), torch.split_with_sizes(v, samples, 2)):
        parts.append(self.causal(a, b, c, window))
      y = torch.cat(parts, 2)
    else:
      y = self.causal(q, k, v, window)
    return torch.reshape(torch.transpose(y, 1, 2), [-1, q.size(1) * q.size(3)])
  def before(self, x: Tensor, w: List[Tensor], biases: List[Tensor], lora: List[Tensor], cos: Tensor, sin: Tensor, samples: List[int], parts: int, heads: List[int], eps: float, scale: float, dropout: float) -> List[Tensor]:
    found = self.group(self.norm(x, w[0], eps), torch.slice(w, 1, 1 + parts, 1), biases, lora, 0, scale, dropout)
    kept = torch.slice(found, parts, len(found), 1)
    if parts == 3:
      q, k, v = found[0], found[1], found[2]
    else:
      q, k, v = torch.split_with_sizes(found[0], [heads[0] * heads[2], heads[1] * heads[2], heads[1] * heads[2]], -1)
      v = torch.clone(v)
    q = self.heads(q, x, samples, heads[0], heads[2])
    k = self.heads(k, x, samples, heads[1], heads[2])
    v = self.heads(v, x, samples, heads[1], heads[2])
    if len(w) > 9:
      kept = torch.add(kept, [q, k])
      q = self.norm(q, w[9], eps)
      k = self.norm(k, w[10], eps)
    return torch.add([self.rotate(q, cos, sin), self.rotate(k, cos, sin), v], kept)
  def after(self, x: Tensor, y: Tensor, w: List[Tensor], biases: List[Tensor], lora: List[Tensor], parts: int, eps: float, scale: float, dropout: float, whole: bool) -> List[Tensor]:
    halves = 1
    if parts == 3:
      halves = 2
    out = self.group(y, torch.slice(w, 1 + parts, 2 + parts, 1), biases, lora, parts, scale, dropout)
    middle = x + torch.view(out[0], x.size())
    h = self.norm(middle, w[2 + parts], eps)
    wide = self.group(h, torch.slice(w, 3 + parts, 3 + parts + halves, 1), biases, lora, 1 + parts, scale, dropout)
    gate, up = self.gated(wide, halves)
    product = torch.silu(gate) * up
    last = 1 + parts + halves
    if whole:
      down = self.group(product, torch.slice(w, 2 + last, 3 + last, 1), biases, lora, last, scale, dropout)
      result = torch.add([middle + torch.view(down[0], x.size()), middle], torch.slice(out, 1, 3, 1))
      result = torch.add(result, torch.slice(down, 1, 3, 1))
    else:
      result = torch.add([middle, middle], torch.slice(out, 1, 3, 1))
      result = torch.add(result, self.lows(product, lora, last, 1, dropout))
    return torch.add(result, wide)
  def gated(self, wide: List[Tensor], halves: int) -> Tuple[Tensor, Tensor]:
    if halves == 2:
      gate, up = wide[0], wide[1]
    else:
      gate, up = torch.chunk(wide[0], 2, -1)
    return (gate, up)
  def layer(self, x: Tensor, w: List[Tensor], biases: List[Tensor], lora: List[Tensor], cos: Tensor, sin: Tensor, window: Tensor, samples: List[int], cache: List[Tensor], parts: int, heads: List[int], eps: float, scale: float, dropout: float) -> Tensor:
    found = self.before(x, w, biases, lora, cos, sin, samples, parts, heads, eps, scale, dropout)
    y = self.attend(found[0], found[1], found[2], window, samples, cache)
    result = self.after(x, y, w, biases, lora, parts, eps, scale, dropout, True)
    return result[0]
  def fused_layer(self, x: Tensor, w: List[Tensor], biases: List[Tensor], lora: List[Tensor], cos: Tensor, sin: Tensor, window: Tensor, samples: List[int], cache: List[Tensor], heads: List[int], eps: float, scale: float, dropout: float) -> Tensor:
    return self.layer(x, w, biases, lora, cos, sin, window, samples, cache, 1, heads, eps, scale, dropout)
  def split_layer(self, x: Tensor, w: List[Tensor], biases: List[Tensor], lora: List[Tensor], cos: Tensor, sin: Tensor, window: Tensor, samples: List[int], cache: List[Tensor], heads: List[int], eps: float, scale: float, dropout: float) -> Tensor:
    return self.layer(x, w, biases, lora, cos, sin, window, samples, cache, 3, heads, eps, scale, dropout)
  def parallel_layer(self, x: Tensor, w: List[Tensor], biases: List[Tensor], lora: List[Tensor], cos: Tensor, sin: Tensor, window: Tensor, samples: List[int], cache: List[Tensor], heads: List[int], eps: float, scale: float, dropout: float) -> Tensor:
    h = self.layer_norm(x, w[0], w[1], eps)
    found = self.group(h, torch.slice(w, 2, 5, 1), biases, lora, 0, scale, dropout)
    q = self.rotate(self.heads(found[0], x, samples, heads[0], heads[2]), cos, sin)
    k = self.rotate(self.heads(found[1], x, samples, heads[1], heads[2]), cos, sin)
    y = self.attend(q, k, self.heads(found[2], x, samples, heads[1], heads[2]), window, samples, cache)
    attention = self.group(y, [w[5]], biases, lora, 3, scale, dropout)
    wide = self.group(h, [w[6]], biases, lora, 4, scale, dropout)
    down = self.group(torch.gelu(wide[0], approximate="tanh"), [w[7]], biases, lora, 5, scale, dropout)
    return torch.view(attention[0], x.size()) + torch.view(down[0], x.size()) + x
  def embed(self, ids: Tensor, table: Tensor) -> Tensor:
    return torch.embedding(table, ids)
  def noisy(self, x: Tensor, bounds: Tensor) -> Tensor:
    noise = torch.uniform_(torch.empty_like(x), -1., 1.)
    return x + noise * torch.unsqueeze(bounds, -1).to(x.dtype)
  def logits(self, x: Tensor, norm: Tensor, head: Tensor, biases: List[Tensor], eps: float) -> Tensor:
    if len(biases) > 0:
      return torch.linear(self.layer_norm(x, norm, biases[0], eps), head, biases[1]).to(6)
    return torch.linear(self.norm(x, norm, eps), head).to(6)
  def loss(self, x: Tensor, norm: Tensor, head: Tensor, biases: List[Tensor], targets: Tensor, eps: float, total: float, first: int, count: int) -> Tensor:
    return self.scored(x, norm, head, biases, targets, eps, first, count, 2) / total
  def token_losses(self, x: Tensor, norm: Tensor, head: Tensor, biases: List[Tensor], targets: Tensor, eps: float, first: int, count: int) -> Tensor:
    return self.scored(x, norm, head, biases, targets, eps, first, count, 0)
  def scored(self, x: Tensor, norm: Tensor, head: Tensor, biases: List[Tensor], targets: Tensor, eps: float, first: int, count: int, reduction: int) -> Tensor:
    flat = torch.reshape(targets, [-1])
    keep = torch.slice(torch.reshape(torch.nonzero(torch.ne(flat, -100)), [-1]), 0, first, first + count, 1)
    rows = torch.index_select(torch.reshape(x, [-1, x.size(-1)]), 0, keep)
    scores = self.logits(rows, norm, head, biases, eps)
    return torch.cross_entropy_loss(scores, torch.index_select(flat, 0, keep), None, reduction, -100, 0.)
