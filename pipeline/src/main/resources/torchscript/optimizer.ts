  def adamw(self, params: List[Tensor], grads: List[Tensor], first: List[Tensor], second: List[Tensor], steps: List[Tensor], rate: float, beta1: float, beta2: float, eps: float, decay: float, max_norm: float) -> Tensor:
    total = self.norm(grads)
    if max_norm > 0.:
      torch._foreach_mul_(grads, torch.clamp(max_norm / (total + 1e-6), None, 1.))
    torch._foreach_add_(steps, 1)
    torch._fused_adamw_(params, grads, first, second, [], steps, lr=rate, beta1=beta1, beta2=beta2, weight_decay=decay, eps=eps, amsgrad=False, maximize=False)
    return total

  def norm(self, tensors: List[Tensor]) -> Tensor:
    return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(tensors, 2)), 2)
