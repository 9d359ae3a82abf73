using Disguise.Actors.Execution;
using Disguise.Actors.Faults;

namespace Disguise.Host.Tests.Attacks;

/// <summary>What a hostile tenant of a microkernel tries, and how to see what came of it.
/// </summary>
/// <param name="Name">In words.</param>
/// <param name="Guard">The one guard that stands in its way.</param>
/// <param name="Program">What the attacker does.</param>
/// <param name="CountRefusals">How often it was refused for the reason.</param>
/// <param name="HasSucceeded">Whether it has got what it wanted.</param>
internal sealed record MicrokernelAttack(
    string Name,
    Guard Guard,
    Func<HostileEcho, MicrokernelScene, EmulatedTask> Program,
    Func<MicrokernelScene, long> CountRefusals,
    Func<MicrokernelScene, bool> HasSucceeded)
{
    public override string ToString() => Name;

    /// <summary>Runs the attack on a machine.</summary>
    public MicrokernelScene Run(Guards guards) => new(guards, Program);
}
