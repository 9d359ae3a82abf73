using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;

namespace Disguise.Kernels.Tests.Exokernel.MemoryScenes;

/// <summary>
/// What a hostile environment tries to read a victim's secret, through calls and memory only.
/// </summary>
/// <param name="Name">In words.</param>
/// <param name="Guard">The one guard that stands in its way.</param>
/// <param name="Reason">How it is refused; none where an access just faults.</param>
/// <param name="Tlb">On which hardware.</param>
/// <param name="Program">
/// What it does, given the frame of the secret, which it may have guessed. Gives how it was
/// refused.
/// </param>
internal sealed record MemoryAttack(
    string Name,
    Guard Guard,
    ExokernelRefusal Reason,
    TlbModel Tlb,
    Func<MemoryEnvironment, MemoryAttackScene, EmulatedTask<ExokernelRefusal>> Program)
{
    /// <summary>The page at which the attacker looks for the secret.</summary>
    public long LootPage { get; init; } = 40;

    public override string ToString() => Name;

    public MemoryAttackScene Run(Guards guards) => new(this, guards);
}
