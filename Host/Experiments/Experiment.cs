using Disguise.Host.Experiments.Addresses;
using Disguise.Host.Experiments.Expectations;

namespace Disguise.Host.Experiments;

/// <summary>
/// An experiment, read and fully checked: what stands here can be built. Times are picoseconds,
/// rates bits per second, sizes bytes. Made by <see cref="ExperimentReader"/>.
/// </summary>
public sealed record Experiment
{
    /// <summary>Its name; a run's folder is called after it.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The file it came from, as named by the user; other files it names are beside it.
    /// </summary>
    public required string File { get; init; }

    /// <summary>
    /// YAML of the experiment as it is run: the text as written, or, if the command line changed
    /// something, a text with those changes in it.
    /// </summary>
    public required string EffectiveYaml { get; init; }

    /// <summary>Name of the platform, or a path to a platform file, as written.</summary>
    public required string Platform { get; init; }

    /// <summary>Name of the profile.</summary>
    public required string Profile { get; init; }

    /// <summary>
    /// Values of <c>platform.KEY</c> from <c>--set</c>, as text, for the platform's loader.
    /// </summary>
    public required IReadOnlyDictionary<string, string> PlatformSettings { get; init; }

    /// <summary>
    /// Values of <c>profile.KEY</c> from <c>--set</c>, as text, for the profile's loader.
    /// </summary>
    public required IReadOnlyDictionary<string, string> ProfileSettings { get; init; }

    /// <summary>All randomness comes from it.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Virtual time after set-up that is not measured.</summary>
    public required long WarmUpPs { get; init; }

    /// <summary>Virtual time that is measured; injections count from its start.</summary>
    public required long DurationPs { get; init; }

    /// <summary>Length of a step of the time series; null for none.</summary>
    public required long? IntervalPs { get; init; }

    /// <summary>Architectures in the order named; empty if the file names none.</summary>
    public required IReadOnlyList<string> Architectures { get; init; }

    /// <summary>Links and switches.</summary>
    public required NetworkSettings Network { get; init; }

    /// <summary>Switches named one by one; empty where <see cref="Network"/> says it all.</summary>
    public required IReadOnlyList<SwitchSettings> Switches { get; init; }

    /// <summary>Links named one by one; empty where <see cref="Network"/> says it all.</summary>
    public required IReadOnlyList<LinkSettings> Links { get; init; }

    /// <summary>The systems under test.</summary>
    public required IReadOnlyList<MachineGroup> Machines { get; init; }

    /// <summary>Load generators.</summary>
    public required IReadOnlyList<ClientGroup> Clients { get; init; }

    /// <summary>Revocations and faults, in the order written.</summary>
    public required IReadOnlyList<Injection> Injections { get; init; }

    /// <summary>What is recorded.</summary>
    public required Recording Recording { get; init; }

    /// <summary>Claims that are checked after the run.</summary>
    public required IReadOnlyList<Expectation> Expectations { get; init; }

    /// <summary>Axes of a sweep; empty for none.</summary>
    public required IReadOnlyList<SweepAxis> Sweep { get; init; }

    /// <summary>How often a sweep repeats a point; null for the least that it can.</summary>
    public required Repetition? Repetition { get; init; }

    /// <summary>Libraries to load, as paths.</summary>
    public required IReadOnlyList<string> Plugins { get; init; }

    /// <summary>Names of the architectures that those libraries brought.</summary>
    public required IReadOnlyList<string> PluginArchitectures { get; init; }

    /// <summary>Everything that has an address.</summary>
    public required AddressBook Addresses { get; init; }

    /// <summary>Mechanisms that the file asks for, in the order in which they were met.</summary>
    public required IReadOnlyList<UsedMechanism> UsedMechanisms { get; init; }

    /// <summary>
    /// Where keys stand that are judged only after reading, <c>file:line</c> or the option, by
    /// path.
    /// </summary>
    internal IReadOnlyDictionary<string, string> Places { get; init; } =
        new Dictionary<string, string>();

    /// <summary>Where a key stands; the file where it is left out.</summary>
    internal string Where(string path) => Places.GetValueOrDefault(path, File);

    /// <summary>Tenants on all machines.</summary>
    public long TenantCount => Machines.Sum(machine => machine.TenantCount);

    /// <summary>
    /// What the file asks for and this program does not have yet: each is named once on standard
    /// error and left out of the run. Architectures are not among them, as a verb refuses or leaves
    /// out a whole run (<see cref="BuiltArchitectures"/>).
    /// </summary>
    public IReadOnlyList<Notice> NotBuilt(IBuiltMechanisms built) =>
        [
            .. UsedMechanisms
                .Where(used => !built.Has(used.Mechanism))
                .Select(used => new Notice(
                    used.Path,
                    used.File,
                    used.Line,
                    $"{used.Path} is not built yet and left out"
                )),
        ];

    /// <summary>
    /// The first application or client that this program does not have yet; null where it has all.
    /// A run without it would be another run, so that it cannot be left out.
    /// </summary>
    public UsedMechanism? ApplicationNotBuilt(IBuiltMechanisms built) =>
        UsedMechanisms.FirstOrDefault(used =>
            BuiltMechanisms.ApplicationOf(used.Mechanism) is not null
            && !built.Has(used.Mechanism));

    /// <summary>The named architectures that exist in this program, in their order.</summary>
    public IReadOnlyList<string> BuiltArchitectures(IBuiltMechanisms built) =>
        [
            .. Architectures.Where(name =>
                built.Has(BuiltMechanisms.Architecture(name)) || PluginArchitectures.Contains(name)
            ),
        ];

    /// <summary>Things that an address names in this experiment, drawn by its seed.</summary>
    public IReadOnlyList<Thing> Resolve(Address address) => Addresses.Resolve(address, Seed);

    /// <summary>A path in the file, as a path from the current folder.</summary>
    public string BesideFile(string path) =>
        Path.IsPathRooted(path) ? path : Path.Combine(Path.GetDirectoryName(File) ?? "", path);
}
