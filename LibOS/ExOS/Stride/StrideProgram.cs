using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Applications;

namespace Disguise.LibOS.ExOS.Stride;

/// <summary>
/// A scheduler that is an application (Engler et al., SOSP 1995, section 7.3): it holds the slices
/// of its core, and at the start of each yields to whose turn it is by the tickets. Its clients
/// are the environments that have given their slices back, in the order of their numbers. Where
/// the kernel lets no application say who runs, it ends.
/// </summary>
/// <param name="shares">Tickets of the first client, the second and so on: <c>3:2:1</c>.</param>
public sealed class StrideProgram(string shares) : IApplication
{
    /// <inheritdoc/>
    public ushort ServicePort => 0;

    /// <inheritdoc/>
    public async EmulatedTask Run(ApplicationHost host)
    {
        if (host.Processor is not { } processor)
            return;
        var tickets = Tickets();
        var scheduler = new StrideScheduler();
        while (scheduler.Count < tickets.Length)
        {
            scheduler = await FindClients(processor, tickets);
            if (scheduler.Count < tickets.Length)
                await processor.Yield(-1);
        }

        while (true)
        {
            host.Charge(ExokernelCosts.StrideSelect);
            await processor.Yield(scheduler.Select());
        }
    }

    private static async EmulatedTask<StrideScheduler> FindClients(
        IProcessorTime processor, int[] tickets)
    {
        var scheduler = new StrideScheduler();
        // Who has ended leaves a gap in the numbers.
        for (var number = 0;
            number < StrideScheduler.ClientLimit && scheduler.Count < tickets.Length; number++)
        {
            if (await processor.SlicesOf(number) == 0)
                scheduler.Add(number, tickets[scheduler.Count]);
        }

        return scheduler;
    }

    private int[] Tickets()
    {
        var parts = shares.Split(':');
        var tickets = new int[parts.Length];
        for (var client = 0; client < tickets.Length; client++)
        {
            if (tickets.Length > StrideScheduler.ClientLimit
                || !int.TryParse(parts[client], out tickets[client])
                || tickets[client] is < 1 or > (int)StrideScheduler.OneTicketStride)
                throw new ComponentFailureException($"shares {shares} are none");
        }

        return tickets;
    }
}
