namespace Disguise.Host.Calibration;

/// <summary>Measures the primitives of this machine, one after the other.</summary>
internal static class Calibrator
{
    /// <summary>All measurements, in the order of a table.</summary>
    /// <param name="effort">How often.</param>
    /// <param name="interrupted">Looked at between two measurements.</param>
    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public static IReadOnlyList<Measured> Measure(Effort effort, CancellationToken interrupted)
    {
        var processors = Processors.Allowed();
        var first = processors.Count > 0 ? processors[0] : 0;
        Func<Measured>[] all =
        [
            () => CoreMeasurements.SystemCall(effort),
            () => PairMeasurements.ThreadSwitch(effort, first),
            () => PairMeasurements.ProcessSwitch(effort, first),
            () => CoreMeasurements.PageWalk(effort),
            () => OnTwo("remote-line", processors, PairMeasurements.RemoteLine, effort),
            () => OnTwo("futex-wake-up", processors, PairMeasurements.FutexWakeUp, effort),
            () => CoreMeasurements.PollStep(effort),
            () => CoreMeasurements.CopyByte(effort),
            () => CoreMeasurements.ChecksumByte(effort),
        ];
        var measured = new List<Measured>();
        foreach (var one in all)
        {
            interrupted.ThrowIfCancellationRequested();
            measured.Add(one());
        }

        return measured;
    }

    private static Measured OnTwo(
        string name, IReadOnlyList<int> processors, Func<Effort, int, int, Measured> measure,
        Effort effort) =>
        processors.Count >= 2 ? measure(effort, processors[0], processors[1])
            : Measured.Event(name, null, "takes two processors");
}
