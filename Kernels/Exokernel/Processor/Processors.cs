using Disguise.Actors.Faults;

namespace Disguise.Kernels.Exokernel.Processor;

/// <summary>The time of all cores of a machine, and the environments that share it.</summary>
internal sealed class Processors
{
    private readonly SliceMachine[] cores;

    /// <summary>Cores whose slices are free.</summary>
    public Processors(
        int cores, int environments, ProcessorOptions options, IWakeUps wakeUps, Guards guards)
    {
        Environments = new EnvironmentTimes(environments);
        this.cores = new SliceMachine[cores];
        for (var core = 0; core < cores; core++)
            this.cores[core] = new SliceMachine(core, options, Environments, wakeUps, guards);
    }

    /// <summary>The environments.</summary>
    public EnvironmentTimes Environments { get; }

    /// <summary>How many cores there are.</summary>
    public int Count => cores.Length;

    /// <summary>The machine of one core.</summary>
    public SliceMachine this[int core] => cores[core];

    /// <summary>
    /// Ends an environment: its slices are free, its core is idle, who had entered it and waited
    /// is told by number in ascending order and waits no longer. Afterwards every core has to be
    /// reconsidered.
    /// </summary>
    public void Remove(int environment, long atPs, List<int> callers)
    {
        foreach (var core in cores)
            core.Evict(environment, atPs);
        Environments.Remove(environment, callers);
    }
}
