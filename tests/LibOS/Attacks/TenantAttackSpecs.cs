using System.Reflection;
using Disguise.Actors.Faults;
using Disguise.LibOS.Domains;

namespace Disguise.LibOS.Tests.Attacks;

/// <summary>
/// Attacks of one tenant on another, on a whole machine and through what a tenant holds alone; each
/// with its twin, in which the one guard against it is off.
/// </summary>
public sealed class TenantAttackSpecs
{
    /// <summary>The attacks here are on an Arrakis machine; these have others.</summary>
    /// <summary>What is not in such a machine; its attacks are in the tests of its own.</summary>
    private static readonly string[] Elsewhere =
    [
        "Disguise.Hardware.Display", "Disguise.Kernels.Exokernel",
        "Disguise.Kernels.Microkernel", "Disguise.Kernels.Monolithic",
    ];

    private static readonly Lazy<long[]> Undisturbed = new(() =>
    {
        using var scene = new AttackScene(Guards.All, null).Run();
        return [.. scene.LatenciesPs];
    });

    public static TheoryData<string> Attacks => [.. AttackCatalog.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void An_attack_is_refused_with_a_counted_reason_and_moves_no_byte(string name)
    {
        var attack = AttackCatalog.All.Single(one => one.Name == name);

        using var scene = attack.Run(Guards.All);

        Assert.True(attack.CountRefusals(scene) > 0, $"{name}: nobody counted {attack.Reason}");
        Assert.False(attack.HasSucceeded(scene), name);
        Assert.False(scene.IsSecretChanged, name);
        Assert.False(scene.IsSecretKnown, name);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void The_victim_is_served_to_the_picosecond_as_if_there_were_no_attack(string name)
    {
        var attack = AttackCatalog.All.Single(one => one.Name == name);

        using var scene = attack.Run(Guards.All);

        Assert.True(Undisturbed.Value.Length > 50);
        Assert.Equal(Undisturbed.Value, scene.LatenciesPs);
        Assert.Equal(0, scene.Load.Counters.Lost + scene.Load.Counters.Wrong);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Without_its_guard_the_attack_succeeds(string name)
    {
        var attack = AttackCatalog.All.Single(one => one.Name == name);

        using var scene = attack.Run(Guards.AllBut(attack.Guard));

        Assert.True(attack.HasSucceeded(scene), name);
    }

    [Fact]
    public void Every_guard_of_an_arrakis_machine_has_an_attack()
    {
        var attacked = AttackCatalog.All.Select(attack => attack.Guard.Name);

        Assert.Equal(
            GuardsIn(typeof(LibraryOsFactory).Assembly)
                .OrderBy(name => name, StringComparer.Ordinal),
            attacked.Distinct().OrderBy(name => name, StringComparer.Ordinal));
    }

    /// <summary>The guards of an assembly and of all that it refers to.</summary>
    private static HashSet<string> GuardsIn(Assembly assembly)
    {
        const BindingFlags Any =
            BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var names = new HashSet<string>();
        foreach (var type in assembly.GetTypes())
        {
            if (Elsewhere.Any(other =>
                type.Namespace?.StartsWith(other, StringComparison.Ordinal) == true))
                continue;
            foreach (var field in type.GetFields(Any))
            {
                if (field.FieldType == typeof(Guard))
                    names.Add(((Guard)field.GetValue(null)!).Name);
            }
        }

        foreach (var reference in assembly.GetReferencedAssemblies())
        {
            if (reference.Name!.StartsWith("Disguise.", StringComparison.Ordinal))
                names.UnionWith(GuardsIn(Assembly.Load(reference)));
        }

        return names;
    }
}
