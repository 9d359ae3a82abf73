using System.Reflection;
using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel;

namespace Disguise.Host.Tests.Attacks;

/// <summary>
/// Attacks of one tenant of a microkernel on another, on a whole machine and through what a tenant
/// holds alone; each with its twin, in which the one guard against it is off.
/// </summary>
public sealed class MicrokernelAttackSpecs
{
    public static TheoryData<string> Attacks =>
        [.. MicrokernelAttackCatalog.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void An_attack_is_refused_for_its_reason_and_the_victim_is_served(string name)
    {
        var attack = MicrokernelAttackCatalog.All.Single(one => one.Name == name);

        using var scene = attack.Run(Guards.All);

        Assert.True(attack.CountRefusals(scene) > 0, $"{name}: nobody refused it");
        Assert.False(attack.HasSucceeded(scene), name);
        Assert.False(scene.IsSecretKnown, name);
        Assert.NotEqual(0UL, scene.SecretPhysicalAddress);
        Assert.True(scene.IsVictimServed, name);
        Assert.Empty(scene.World.Revocations);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Without_its_guard_the_attack_succeeds(string name)
    {
        var attack = MicrokernelAttackCatalog.All.Single(one => one.Name == name);

        using var scene = attack.Run(Guards.AllBut(attack.Guard));

        Assert.True(attack.HasSucceeded(scene), name);
    }

    /// <summary>What the card may reach is the IOMMU's business, on every architecture.</summary>
    [Fact]
    public void Every_guard_of_the_microkernel_and_of_its_servers_has_an_attack()
    {
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Public;
        var guards = typeof(KernelGuards).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith(
                typeof(KernelGuards).Namespace!, StringComparison.Ordinal) == true)
            .SelectMany(type => type.GetFields(Any))
            .Where(field => field.FieldType == typeof(Guard))
            .Select(field => ((Guard)field.GetValue(null)!).Name)
            .Append(CapabilityGuards.Handle.Name)
            .Append(MemoryGuards.PageProtection.Name);

        Assert.Equal(
            guards.OrderBy(name => name, StringComparer.Ordinal),
            MicrokernelAttackCatalog.All.Select(attack => attack.Guard.Name).Distinct()
                .OrderBy(name => name, StringComparer.Ordinal));
    }
}
