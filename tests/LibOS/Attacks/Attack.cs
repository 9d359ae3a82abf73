using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.LibOS.Tests.Worlds;

namespace Disguise.LibOS.Tests.Attacks;

/// <summary>What a hostile tenant tries, and how to see what came of it.</summary>
/// <param name="Name">In words.</param>
/// <param name="Guard">The one guard that stands in its way.</param>
/// <param name="Reason">By what name the refusal is counted.</param>
/// <param name="Program">What the attacker does, from <see cref="AttackScene.AttackPs"/> on.
/// </param>
/// <param name="CountRefusals">How often it was refused for the reason.</param>
/// <param name="HasSucceeded">Whether it has got what it wanted.</param>
internal sealed record Attack(
    string Name,
    Guard Guard,
    string Reason,
    Func<HostileDomain, AttackScene, EmulatedTask> Program,
    Func<AttackScene, long> CountRefusals,
    Func<AttackScene, bool> HasSucceeded)
{
    /// <summary>Whether the client loads the victim when the guard is off.</summary>
    public bool TwinHasLoad { get; init; } = true;

    /// <summary>Whether the accomplice sends the attacker a frame.</summary>
    public bool NeedsArrival { get; init; }

    public override string ToString() => Name;

    /// <summary>Runs the attack on a machine.</summary>
    public AttackScene Run(Guards guards)
    {
        AttackScene? scene = null;
        scene = new AttackScene(guards, async domain =>
        {
            // Nobody has an address to hand that the MMU or the IOMMU does not know of.
            domain.UsesPhysicalAddresses =
                !guards.IsOn(Disguise.Hardware.Memory.MemoryGuards.Iommu);
            await domain.SetUp();
            await domain.AllowOwnAddress();
            await domain.StartRings();
            await domain.Work(AttackScene.AttackPs - domain.Cpu.ClockPs);
            await Program(domain, scene!);
        });
        if (NeedsArrival)
            scene.SendToAttacker(AttackScene.AttackPs + 300_000_000);
        return scene.Run(TwinHasLoad || guards.IsOn(Guard));
    }
}
