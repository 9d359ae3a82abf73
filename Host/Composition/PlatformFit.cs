using Disguise.Hardware.Platforms;
using Disguise.Host.Experiments;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Composition;

/// <summary>Which architecture makes sense on which platform, with which devices and programs.
/// </summary>
internal static class PlatformFit
{
    /// <summary>
    /// Why an architecture cannot run on the platform of an experiment, or what runs there, and
    /// which ones can; null where it can.
    /// </summary>
    public static ExperimentError? RefusalOf(IArchitecture architecture, Experiment experiment) =>
        ReasonOf(architecture, experiment) is { } refused
            ? new ExperimentError(
                experiment.Where(refused.Path), refused.Reason,
                "architecture " + string.Join(
                    ", ",
                    Architectures.All.Where(other => ReasonOf(other, experiment) is null)
                        .Select(other => other.Name)))
            : null;

    /// <summary>What stands in the way, the key's path and in words.</summary>
    private static (string Path, string Reason)? ReasonOf(
        IArchitecture architecture, Experiment experiment) =>
        NoFork(architecture, experiment)
        ?? (architecture.NeedsVirtualFunctions
            ? Lacking(
                architecture.Name, PlatformFiles.Load(experiment.Platform, experiment.File),
                experiment.Platform)
            : null)
        ?? UndrawnDisplay(architecture, experiment)
        ?? NoOperation(architecture, experiment);

    private static (string Path, string Reason)? UndrawnDisplay(
        IArchitecture architecture, Experiment experiment) =>
        !architecture.DrawsOnDisplays
        && experiment.Machines.FirstOrDefault(machine => machine.Display is not null)
            is { } machine
            ? ($"machines.{machine.Name}.display",
                $"{architecture.Name} cannot run with the display of {machine.Name}: nobody in it "
                    + "drives one")
            : null;

    private static (string Path, string Reason)? NoOperation(
        IArchitecture architecture, Experiment experiment)
    {
        foreach (var machine in experiment.Machines)
        {
            foreach (var group in machine.Tenants)
            {
                if (CommunicationKinds.OperationOf(group.Application) is { } operation
                    && !architecture.MeasuredOperations.Contains(operation))
                {
                    return ($"machines.{machine.Name}.tenants.{group.Name}.app",
                        $"{architecture.Name} cannot run {group.Application.Kind} of "
                            + $"{group.Name}: its programs have no {operation}");
                }
            }
        }

        return null;
    }

    private static (string Path, string Reason)? NoFork(
        IArchitecture architecture, Experiment experiment)
    {
        if (architecture.NoFork is not { } reason)
            return null;
        var forking = ApplicationCatalog.Default.Kinds.Where(kind => kind.Forks)
            .Select(kind => kind.Name).ToList();
        foreach (var machine in experiment.Machines)
        {
            var group = machine.Tenants.FirstOrDefault(
                tenants => forking.Contains(tenants.Application.Kind));
            if (group is not null)
                return ($"machines.{machine.Name}.tenants.{group.Name}.app",
                    $"{architecture.Name} cannot run {group.Application.Kind} of {group.Name}, "
                        + $"which forks: {reason}");
        }

        return null;
    }

    private static (string Path, string Reason)? Lacking(
        string architecture, Platform platform, string name)
    {
        var hasFunctions = platform.Nic.MaximumVirtualFunctions > 0;
        if (hasFunctions && platform.HasIommu)
            return null;
        var missing = !hasFunctions && !platform.HasIommu
            ? $"no IOMMU, and its card ({platform.Nic}) no virtual functions"
            : hasFunctions ? "no IOMMU" : $"a card ({platform.Nic}) without virtual functions";
        return ("platform",
            $"{architecture} cannot run on {name}: it gives each tenant a virtual function "
                + $"whose DMA an IOMMU confines, and {name} has {missing}");
    }
}
