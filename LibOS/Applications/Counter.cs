using Disguise.Actors.Execution;

namespace Disguise.LibOS.Applications;

/// <summary>
/// Computes without end and counts what it got done: what it gets of its core is what others
/// leave it.
/// </summary>
/// <param name="workPs">Processor time of one operation.</param>
/// <param name="givesSlicesBack">
/// Whether it leaves its time to a scheduler that is an application, where the kernel lets it.
/// </param>
public sealed class Counter(long workPs, bool givesSlicesBack) : IApplication
{
    /// <inheritdoc/>
    public ushort ServicePort => 0;

    /// <inheritdoc/>
    public async EmulatedTask Run(ApplicationHost host)
    {
        if (givesSlicesBack && host.Processor is { } processor)
            await processor.GiveSlicesBack();
        while (true)
        {
            var startPs = host.ClockPs;
            host.Work(workPs);
            await host.Settle();
            host.Operations.Record(startPs, host.ClockPs);
        }
    }
}
