using Disguise.Host.Experiments;

namespace Disguise.Host.Running;

/// <summary>
/// How many threads run an experiment when nobody says: one a core, but no more than have work
/// enough between two barriers. The result is the same with any number.
/// </summary>
internal static class ThreadChoice
{
    // A tenant and its client cause about an event in 60 ns of virtual time; below some hundred
    // of them a window's events take less time than the threads take to meet.
    private const int TenantsPerThread = 100;

    public static int For(Experiment experiment, int? asked) => asked
        ?? (int)Math.Clamp(
            experiment.TenantCount / TenantsPerThread, 1, Environment.ProcessorCount);

    /// <summary>
    /// How many runs of an experiment are made at a time: where one has not work enough for
    /// several threads, as many as there are threads.
    /// </summary>
    public static int RunsAtATime(Experiment experiment, int runs, int? asked) =>
        For(experiment, null) == 1
            ? Math.Clamp(asked ?? Environment.ProcessorCount, 1, Math.Max(1, runs))
            : 1;
}
