using System.Reflection;
using Disguise.Actors.Execution;
using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Tests.Exokernel.MemoryScenes;

/// <summary>
/// Attacks of one environment on another's memory, each with its twin, in which the one guard
/// against it is off.
/// </summary>
public sealed class MemoryAttackSpecs
{
    private const long Loot = 40;

    // Where the attacker's page has its place in the software TLB that the victim's has.
    private static readonly long Collision = ((MemoryEnvironment.FirstPage
            + MemoryAttackScene.SecretPage)
        ^ SoftwareTlb.IndexOf(MemoryAttackScene.VictimNumber, 0)
        ^ SoftwareTlb.IndexOf(MemoryAttackScene.AttackerNumber, 0)) - MemoryEnvironment.FirstPage;

    private static readonly MemoryAttack[] All =
    [
        new(
            "a TLB entry for a foreign frame", KernelGuards.BindCheck,
            ExokernelRefusal.NotDominated, MemoryScene.SoftwareTlb, BindForeignFrame),
        new(
            "a page-table entry for a foreign frame", KernelGuards.BindCheck,
            ExokernelRefusal.NotDominated, TlbModel.Default, BindForeignFrame),
        new(
            "a credential with another's name", KernelGuards.Domination,
            ExokernelRefusal.NotDominated, TlbModel.Default, ForgeCredential),
        new(
            "a forged capability", KernelGuards.CapabilitySeal,
            ExokernelRefusal.ForgedCapability, TlbModel.Default, ForgeSeal),
        new(
            "a replayed capability", KernelGuards.CapabilityGeneration,
            ExokernelRefusal.StaleCapability, TlbModel.Default, Replay),
        new(
            "a collision in the software TLB", KernelGuards.SoftwareTlbTag,
            ExokernelRefusal.None, MemoryScene.SoftwareTlb, TouchOnly)
        {
            LootPage = Collision,
        },
        new(
            "an entry written into the software TLB", KernelGuards.SoftwareTlbReadOnly,
            ExokernelRefusal.NotDominated, MemoryScene.SoftwareTlb, WriteSoftwareTlb),
    ];

    public static TheoryData<string> Attacks => [.. All.Select(attack => attack.Name)];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void An_attack_is_refused_and_moves_no_byte(string name)
    {
        MemoryAttack attack = All.Single(one => one.Name == name);
        MemoryAttackScene scene = attack.Run(Guards.All);
        Assert.True(scene.HasEnded);
        Assert.Equal(attack.Reason, scene.Refusal);
        Assert.False(scene.IsSecretKnown);
        Assert.True(scene.VictimHasSecret);
        Assert.Empty(scene.Findings);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Without_its_guard_it_succeeds_and_the_audits_find_it(string name)
    {
        MemoryAttack attack = All.Single(one => one.Name == name);
        MemoryAttackScene scene = attack.Run(Guards.AllBut(attack.Guard));
        Assert.True(scene.HasEnded);
        Assert.Equal(ExokernelRefusal.None, scene.Refusal);
        Assert.True(scene.IsSecretKnown);
        Assert.NotEmpty(scene.Findings);
    }

    [Fact]
    public void Every_guard_of_memory_has_an_attack()
    {
        IEnumerable<Guard> guards = typeof(KernelGuards)
            .GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => (Guard)field.GetValue(null)!);

        // The answer with a neighbour's frames stands with the revocations.
        Assert.Equal(
            guards.Select(guard => guard.Name).Order(StringComparer.Ordinal),
            All.Select(attack => attack.Guard.Name).Append(KernelGuards.ReturnedFrames.Name)
                .Distinct().Order(StringComparer.Ordinal));
    }

    private static async EmulatedTask<ExokernelRefusal> BindForeignFrame(
        MemoryEnvironment environment, MemoryAttackScene scene) =>
        (await environment.Bind(Loot, scene.Frame)).Refusal;

    private static async EmulatedTask<ExokernelRefusal> ForgeCredential(
        MemoryEnvironment environment, MemoryAttackScene scene)
    {
        var forged = await environment.Call(new MemoryCall.Forge(
            0, 5, Capability.OfEnvironment(MemoryAttackScene.VictimNumber, 0)));
        if (forged.Refusal != ExokernelRefusal.None)
            return forged.Refusal;
        return (await environment.Bind(Loot, scene.Frame, credential: 5)).Refusal;
    }

    /// <summary>Tries the first generations: seals are hard to guess, numbers are not.</summary>
    private static async EmulatedTask<ExokernelRefusal> ForgeSeal(
        MemoryEnvironment environment, MemoryAttackScene scene)
    {
        var refusal = ExokernelRefusal.None;
        for (uint generation = 0; generation < 3; generation++)
        {
            var made = new PageCapability(
                PageCapability.ClaimOf(scene.Frame, true, generation), 0x0123_4567_89ab_cdef);
            refusal = (await environment.Call(new MemoryCall.BindSealed(
                MemoryEnvironment.FirstPage + Loot, made, PageRights.Writable))).Refusal;
            if (refusal == ExokernelRefusal.None)
                break;
        }

        return refusal;
    }

    private static async EmulatedTask<ExokernelRefusal> Replay(
        MemoryEnvironment environment, MemoryAttackScene scene)
    {
        Assert.Equal(scene.Frame, scene.Kept.Frame);
        return (await environment.Call(new MemoryCall.BindSealed(
            MemoryEnvironment.FirstPage + Loot, scene.Kept, PageRights.Writable))).Refusal;
    }

    /// <summary>Maps the software TLB and makes a page of its own lead to the secret.</summary>
    private static async EmulatedTask<ExokernelRefusal> WriteSoftwareTlb(
        MemoryEnvironment environment, MemoryAttackScene scene)
    {
        const long Window = 60;
        var first = (await environment.Call(new MemoryCall.FindSoftwareTlb())).Value;
        for (var frame = 0; frame < ExposedTlb.FrameCount; frame++)
        {
            var bound = await environment.Call(new MemoryCall.BindSealed(
                MemoryEnvironment.FirstPage + Window + frame,
                ExposedTlb.CapabilityOf(first + frame), PageRights.Writable));
            if (bound.Refusal != ExokernelRefusal.None)
                return bound.Refusal;
        }

        var wanted = new Binding(
            MemoryAttackScene.AttackerNumber, MemoryEnvironment.FirstPage + Loot, scene.Frame,
            PageRights.User | PageRights.Writable);
        var offset = ExposedTlb.OffsetOf(wanted.Environment, wanted.VirtualPage);
        Assert.True(environment.Cpu.Mmu.TryWriteUInt64(
            MemoryEnvironment.AddressOf(Window) + (ulong)offset, SoftwareTlb.EntryOf(wanted),
            out _));
        return ExokernelRefusal.None;
    }

    private static async EmulatedTask<ExokernelRefusal> TouchOnly(
        MemoryEnvironment environment, MemoryAttackScene scene)
    {
        await environment.Work(environment.Cpu.ClockPs + 1);
        return ExokernelRefusal.None;
    }
}
