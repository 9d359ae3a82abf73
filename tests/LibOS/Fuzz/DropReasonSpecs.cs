using System.Reflection;
using System.Runtime.CompilerServices;
using Disguise.Actors.Faults;
using Disguise.Hardware.Network;
using Disguise.Hardware.Nic;
using Disguise.Kernels.Abstractions;
using Disguise.LibOS.Domains;
using Disguise.LibOS.Tests.Attacks;
using Disguise.LibOS.Tests.Worlds;

namespace Disguise.LibOS.Tests.Fuzz;

/// <summary>Every reason for which some component drops frames is seen at work.</summary>
public sealed class DropReasonSpecs
{
    private const long Frames = 30_000;

    [Fact]
    public void Every_drop_reason_of_an_arrakis_machine_occurs()
    {
        DefineAll(typeof(LibraryOsFactory).Assembly);
        var seen = new HashSet<string>(StringComparer.Ordinal);

        seen.UnionWith(Fuzz(new FuzzOptions(21, Frames)));
        seen.UnionWith(Fuzz(new FuzzOptions(22, Frames)
        {
            Model = NicModel.X520,
            SoftwareCards = 8,
        }));
        foreach (var attack in AttackCatalog.All)
        {
            using var scene = attack.Run(Guards.All);
            seen.UnionWith(WorldCounters.DropsOf(scene.World));
        }

        foreach (var scene in RareDrops.All)
            seen.UnionWith(scene());

        var unseen = DropReason.All.Select(reason => reason.Name).Except(seen)
            .Except(OfOtherKernels());
        Assert.Equal("", string.Join(", ", unseen));
        Assert.InRange(DropReason.All.Count, 29, int.MaxValue);
    }

    private static List<string> Fuzz(FuzzOptions options)
    {
        using var run = new FuzzRun(options);
        run.Run();
        return [.. WorldCounters.DropsOf(run.World)];
    }

    /// <summary>
    /// The machines here run Arrakis; what other kernels drop in software is seen where they are
    /// tested.
    /// </summary>
    private static IEnumerable<string> OfOtherKernels()
    {
        const BindingFlags Any =
            BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        return typeof(DomainEnvironment).Assembly.GetTypes()
            .Where(type => type.Namespace is { } name
                && (name.Contains(".Monolithic", StringComparison.Ordinal)
                    || name.Contains(".Microkernel", StringComparison.Ordinal)
                    || name.Contains(".Exokernel", StringComparison.Ordinal)))
            .SelectMany(type => type.GetFields(Any))
            .Where(field => field.FieldType == typeof(DropReason))
            .Select(field => ((DropReason)field.GetValue(null)!).Name);
    }

    /// <summary>Has every class define its reasons that an assembly or one below it has.</summary>
    private static void DefineAll(Assembly assembly)
    {
        const BindingFlags Any =
            BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        foreach (var type in assembly.GetTypes())
        {
            if (type.GetFields(Any).Any(field => field.FieldType == typeof(DropReason)))
                RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        foreach (var reference in assembly.GetReferencedAssemblies())
        {
            if (reference.Name!.StartsWith("Disguise.", StringComparison.Ordinal))
                DefineAll(Assembly.Load(reference));
        }
    }
}
