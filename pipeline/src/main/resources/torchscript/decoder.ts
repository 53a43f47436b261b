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
    head = torch.slice(x, -1, 0, dim, 1)
    first, second = torch.chunk(head, 2, -1)
    turned = head * cos + torch.cat([-second, first], -1) * sin
    if dim < x.size(-1):
      turned = torch.cat([turned, torch.slice(x, -1, dim, x.size(-1), 1)], -1)
    return turned
  def norm(self, x: Tensor, weight: Tensor, eps: float) -> Tensor:
    return torch.rms_norm(x, [weight.size(0)], weight, eps)
  def layer_norm(self, x: Tensor, weight: Tensor, bias: Tensor, eps: float) -> Tensor:
    return torch.layer_norm(x, [weight.size(0)], weight, bias, eps, True)
  def head_norm(self, x: Tensor, weight: Tensor, eps: float) -> Tensor:
    heads = torch.reshape(x, [x.size(0), x.size(1), -1, weight.size(0)])
    return torch.reshape(self.norm(heads, weight, eps), [x.size(0), x.size(1), x.size(2)])
  def linear(self, x: Tensor, weight: Tensor, biases: List[Tensor], index: int) -> Tensor:
    if len(biases) > 0 and biases[index].numel() > 0:
      return torch.linear(x, weight, biases[index])
    return torch.linear(x, weight)
  def lower(self, input: Tensor, lora: List[Tensor], first: int, count: int, dropout: float) -> List[Tensor]:
    lows : List[Tensor] = []
    if len(lora) > 0 and dropout == 0.:
      downs : List[Tensor] = []
      ranks : List[int] = []
      for i in range(count):
        down = lora[3 * (first + i)]
        if down.numel() > 0:
          downs.append(down)
          ranks.append(down.size(0))
      if len(downs) == count:
        x = torch.reshape(input, [-1, input.size(-1)])
        lows = torch.split_with_sizes(torch.linear(x, torch.cat(downs).to(x.dtype)), ranks, -1)
    return lows
  def project(self, input: Tensor, weight: Tensor, biases: List[Tensor], lora: List[Tensor], index: int, lows: List[Tensor], first: int, scale: float, dropout: float) -> Tensor:
    x = torch.reshape(input, [-1, input.size(-1)])
    y = self.linear(x, weight, biases, index)
    if len(lora) > 0:
      down = lora[3 * index]
      if down.numel() > 0:
        up, magnitude = lora[3 * index + 1], lora[3 * index + 2]
        dropped = x
        if dropout > 0.:
          dropped = torch.dropout(x, dropout, True)
        if len(lows) > 0:
          low = lows[index - first]
        else:
          low = torch.linear(dropped, down.to(x.dtype))
        if magnitude.numel() > 0:
          base = y
          if dropout > 0.:
            base = torch.linear(dropped, weight)
          elif len(biases) > 0 and biases[index].numel() > 0:
            base = y - biases[index]
          gain = (magnitude / self.lengths(weight, down, up, scale)).to(x.dtype)
          y = y + ((gain - 1) * base + gain * torch.linear(low, up.to(x.dtype)) * scale)
        else:
          y = torch.addmm_(y, low, torch.t(up.to(x.dtype)), beta=1, alpha=scale)
    return torch.reshape(y, [input.size(0), input.size(1), y.size(-1)])
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
  def attend(self, q: Tensor, k: Tensor, v: Tensor, cos: Tensor, sin: Tensor, window: Tensor, samples: List[int], cache: List[Tensor], heads: List[int]) -> Tensor:
    rows, columns = q.size(0), q.size(1)
    batch, length = rows, columns
    if len(samples) > 0:
      batch, length = 1, rows * columns
    q = torch.transpose(torch.reshape(q, [batch, length, heads[0], heads[2]]), 1, 2)
    k = torch.transpose(torch.reshape(k, [batch, length, heads[1], heads[2]]), 1, 2)
    v = torch.transpose(torch.reshape(v, [batch, length, heads[1], heads[2]]), 1, 2)
    if len(cache) < 3:
      cos = torch.slice(cos, 0, 0, length, 1)
      sin = torch.slice(sin, 0, 0, length, 1)
    q = self.rotate(q, cos, sin)
    k = self.rotate(k, cos, sin)
    if len(cache) == 2:
      torch.copy_(torch.slice(cache[0], 2, 0, length, 1), k)
      torch.copy_(torch.slice(cache[1], 2, 0, length, 1), v)
    if len(cache) == 3:
      y = self.recall(q, k, v, window, cache[0], cache[1], cache[2])
    elif len(samples) > 0:
      parts : List[Tensor] = []
      for a, b, c in zip(torch.split_with_sizes(q, samples, 2), torch.split_with_sizes(k, samples, 2), torch.split_with_sizes(v, samples, 2)):
        parts.append(self.causal(a, b, c, window))
      y = torch.cat(parts, 2)
    else:
      y = self.causal(q, k, v, window)
    return torch.reshape(torch.transpose(y, 1, 2), [rows, columns, heads[0] * heads[2]])
  def fused_layer(self, x: Tensor, w: List[Tensor], biases: List[Tensor], lora: List[Tensor], cos: Tensor, sin: Tensor, window: Tensor, samples: List[int], cache: List[Tensor], heads: List[int], eps: float, scale: float, dropout: float) -> Tensor:
    h = self.norm(x, w[0], eps)
    qkv = self.project(h, w[1], biases, lora, 0, [], 0, scale, dropout)
    q, k, v = torch.split_with_sizes(qkv, [heads[0] * heads[2], heads[1] * heads[2], heads[1] * heads[2]], -1)
    y = self.attend(q, k, v, cos, sin, window, samples, cache, heads)
    x = x + self.project(y, w[2], biases, lora, 1, [], 1, scale, dropout)
    h = self.norm(x, w[3], eps)
    gate, up = torch.chunk(self.project(h, w[4], biases, lora, 2, [], 2, scale, dropout), 2, -1)
    return x + self.project(torch.silu(gate) * up, w[5], biases, lora, 3, [], 3, scale, dropout)
  def split_layer(self, x: Tensor, w: List[Tensor], biases: List[Tensor], lora: List[Tensor], cos: Tensor, sin: Tensor, window: Tensor, samples: List[int], cache: List[Tensor], heads: List[int], eps: float, scale: float, dropout: float) -> Tensor:
    h = self.norm(x, w[0], eps)
    lows = self.lower(h, lora, 0, 3, dropout)
    q = self.project(h, w[1], biases, lora, 0, lows, 0, scale, dropout)
    k = self.project(h, w[2], biases, lora, 1, lows, 0, scale, dropout)
    v = self.project(h, w[3], biases, lora, 2, lows, 0, scale, dropout)
    if len(w) > 9:
      q = self.head_norm(q, w[9], eps)
      k = self.head_norm(k, w[10], eps)
    y = self.attend(q, k, v, cos, sin, window, samples, cache, heads)
    x = x + self.project(y, w[4], biases, lora, 3, [], 3, scale, dropout)
    h = self.norm(x, w[5], eps)
    lows = self.lower(h, lora, 4, 2, dropout)
    gate = self.project(h, w[6], biases, lora, 4, lows, 4, scale, dropout)
    up = self.project(h, w[7], biases, lora, 5, lows, 4, scale, dropout)
    return x + self.project(torch.silu(gate) * up, w[8], biases, lora, 6, [], 6, scale, dropout)
  def parallel_layer(self, x: Tensor, w: List[Tensor], biases: List[Tensor], lora: List[Tensor], cos: Tensor, sin: Tensor, window: Tensor, samples: List[int], cache: List[Tensor], heads: List[int], eps: float, scale: float, dropout: float) -> Tensor:
    h = self.layer_norm(x, w[0], w[1], eps)
    lows = self.lower(h, lora, 0, 3, dropout)
    q = self.project(h, w[2], biases, lora, 0, lows, 0, scale, dropout)
    k = self.project(h, w[3], biases, lora, 1, lows, 0, scale, dropout)
    v = self.project(h, w[4], biases, lora, 2, lows, 0, scale, dropout)
    y = self.attend(q, k, v, cos, sin, window, samples, cache, heads)
    attention = self.project(y, w[5], biases, lora, 3, [], 3, scale, dropout)
    up = torch.gelu(self.project(h, w[6], biases, lora, 4, [], 4, scale, dropout), approximate="tanh")
    return attention + self.project(up, w[7], biases, lora, 5, [], 5, scale, dropout) + x
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
    flat = torch.reshape(targets, [-1])
    keep = torch.slice(torch.reshape(torch.nonzero(torch.ne(flat, -100)), [-1]), 0, first, first + count, 1)
    rows = torch.index_select(torch.reshape(x, [-1, x.size(-1)]), 0, keep)
    scores = self.logits(rows, norm, head, biases, eps)
    return torch.cross_entropy_loss(scores, torch.index_select(flat, 0, keep), None, 2, -100, 0.) / total
