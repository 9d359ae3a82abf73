using Disguise.Host.Commands;
using Disguise.Host.Composition;
using Disguise.Host.Experiments;
using Disguise.LibOS.Composition;

namespace Disguise.Host.Ablations;

/// <summary>
/// An experiment under one architecture, with an interface of choice for all its tenants.
/// </summary>
/// <param name="Name">As the command line writes it: <c>arrakis:native</c>.</param>
/// <param name="Experiment">The experiment with that interface.</param>
/// <param name="Architecture">The architecture.</param>
internal sealed record Side(string Name, Experiment Experiment, IArchitecture Architecture)
{
    private static readonly string[] InterfaceNames = ["native", "posix"];

    /// <summary>Reads the file for a side.</summary>
    /// <param name="file">The experiment file.</param>
    /// <param name="common">What the command line changes in it.</param>
    /// <param name="option">The option that names the side, for its errors.</param>
    /// <param name="name">An architecture, or one with an interface after a colon.</param>
    /// <exception cref="ExperimentError">The file or the name is wrong.</exception>
    public static Side Read(string file, CommonOptions common, string option, string name)
    {
        var shown = $"{option} {ExperimentError.Show(name)}";
        var colon = name.IndexOf(':');
        var architecture = Find(colon < 0 ? name : name[..colon], shown);
        var overrides = common.Overrides(architecture.Name).ToList();
        if (colon < 0)
        {
            return Fitting(new Side(
                name, ExperimentReader.Read(file, overrides), architecture));
        }

        var wanted = name[(colon + 1)..];
        var has = architecture.Interfaces.Select(known => known.ToString().ToLowerInvariant());
        if (!InterfaceNames.Contains(wanted) || !has.Contains(wanted))
        {
            throw new ExperimentError(
                shown, $"{architecture.Name} has no interface {ExperimentError.Show(wanted)}",
                string.Join(", ", has));
        }

        foreach (var machine in ExperimentReader.Read(file, overrides).Machines)
        {
            overrides.AddRange(machine.Tenants.Select(tenants => new Override(
                $"machines.{machine.Name}.tenants.{tenants.Name}.interface", wanted, shown)));
        }

        return Fitting(new Side(name, ExperimentReader.Read(file, overrides), architecture));
    }

    private static Side Fitting(Side side) =>
        PlatformFit.RefusalOf(side.Architecture, side.Experiment) is { } refusal
            ? throw refusal : side;

    private static IArchitecture Find(string name, string shown)
    {
        var built = Architectures.All.Select(known => known.Name).ToList();
        var known = ExperimentCatalog.Default.Architectures;
        if (built.Contains(name))
            return Architectures.Of(name);
        throw known.Contains(name)
            ? new ExperimentError(
                shown, $"architecture {name} is not built yet", string.Join(", ", built))
            : new ExperimentError(
                shown,
                $"no architecture {ExperimentError.Show(name)}, did you mean "
                    + Nearest.To(name, known),
                string.Join(", ", known));
    }
}
