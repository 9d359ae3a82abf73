using Disguise.Actors.Faults;
using Disguise.Actors.Time;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;

namespace Disguise.Kernels.Tests.Exokernel.MemoryScenes;

/// <summary>A victim with a secret, and a hostile environment beside it.</summary>
internal sealed class MemoryAttackScene
{
    public const ulong Secret = 0x5ec7e7;
    public const int SecretPage = 0;
    public const int VictimNumber = 0;
    public const int AttackerNumber = 1;

    private const long Us = Picoseconds.PerMicrosecond;
    private const long AttackPs = 100 * Us;

    public MemoryAttackScene(MemoryAttack attack, Guards guards)
    {
        using var scene = new MemoryScene(guards, attack.Tlb);
        MemoryEnvironment? victim = null;
        scene.Add(async environment =>
        {
            victim = environment;
            // The attacker has had what it gets now, and has given it back by then.
            await environment.Work(AttackPs / 2);
            await environment.SetUp(8);
            Assert.True(environment.TryStore(SecretPage, Secret));
            while (environment.Cpu.ClockPs < 4 * AttackPs)
                await environment.Work(environment.Cpu.ClockPs + Us);
        });
        scene.Add(async environment =>
        {
            var early = await environment.Call(new MemoryCall.AllocateFrame(-1));
            var seal = await environment.Call(
                new MemoryCall.SealPage(early.Value, true, Credential: 0));
            Kept = new PageCapability((ulong)seal.Second, (ulong)seal.Value);
            await environment.Call(new MemoryCall.FreeFrames(early.Value, 1, 0));
            await environment.Work(AttackPs);
            Frame = victim!.Frames[SecretPage];
            Refusal = await attack.Program(environment, this);
            IsSecretKnown = environment.TryLoad(attack.LootPage, out var loot) && loot == Secret;
        });
        scene.Start().Run(3 * AttackPs);
        Findings = scene.Findings();
        HasEnded = scene.Environments[AttackerNumber].HasEnded;
        VictimHasSecret = victim!.TryLoad(SecretPage, out var value) && value == Secret;
    }

    /// <summary>The secret's frame. An attacker may find out by guessing.</summary>
    public long Frame { get; private set; }

    /// <summary>A capability to a frame that the attacker once had.</summary>
    public PageCapability Kept { get; private set; }

    public ExokernelRefusal Refusal { get; private set; }

    public bool IsSecretKnown { get; private set; }

    public bool HasEnded { get; }

    public bool VictimHasSecret { get; }

    /// <summary>What the audits find of it.</summary>
    public List<string> Findings { get; }
}
