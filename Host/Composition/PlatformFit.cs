using Disguise.Hardware.Platforms;
using Disguise.Host.Experiments;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Composition;

/// <summary>Which architecture makes sense on which platform, with which devices and programs.
/// </summary>
internal static class PlatformFit
{
    /// <summary>
    /// Why an architecture cannot run on the platform of an experiment, or what runs there, in one
    /// line; null where it can.
    /// </summary>
    public static string? RefusalOf(IArchitecture architecture, Experiment experiment) =>
        NoFork(architecture, experiment)
        ?? (architecture.NeedsVirtualFunctions
            ? Lacking(
                architecture.Name, PlatformFiles.Load(experiment.Platform, experiment.File),
                experiment.Platform)
            : null)
        ?? UndrawnDisplay(architecture, experiment);

    private static string? UndrawnDisplay(IArchitecture architecture, Experiment experiment) =>
        !architecture.DrawsOnDisplays
        && experiment.Machines.FirstOrDefault(machine => machine.Display is not null)
            is { } machine
            ? $"{architecture.Name} cannot run with the display of {machine.Name}: nobody in it "
                + "drives one"
            : null;

    private static string? NoFork(IArchitecture architecture, Experiment experiment)
    {
        var forking = ApplicationCatalog.Default.Kinds.Where(kind => kind.Forks)
            .Select(kind => kind.Name).ToList();
        var group = experiment.Machines.SelectMany(machine => machine.Tenants)
            .FirstOrDefault(tenants => forking.Contains(tenants.Application.Kind));
        return architecture.NoFork is { } reason && group is not null
            ? $"{architecture.Name} cannot run {group.Application.Kind} of {group.Name}, which "
                + $"forks: {reason}"
            : null;
    }

    private static string? Lacking(string architecture, Platform platform, string name)
    {
        var hasFunctions = platform.Nic.MaximumVirtualFunctions > 0;
        if (hasFunctions && platform.HasIommu)
            return null;
        var missing = !hasFunctions && !platform.HasIommu
            ? $"no IOMMU, and its card ({platform.Nic}) no virtual functions"
            : hasFunctions ? "no IOMMU" : $"a card ({platform.Nic}) without virtual functions";
        return $"{architecture} cannot run on {name}: it gives each tenant a virtual function "
            + $"whose DMA an IOMMU confines, and {name} has {missing}";
    }
}
