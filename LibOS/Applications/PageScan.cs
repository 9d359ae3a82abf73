using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.Applications;

/// <summary>
/// Passes over its data again and again, more than its memory holds: where the library is the
/// application's own, the page-replacement policy that fits this is its choice, or one that it
/// brings with it (<see cref="OwnPolicy"/>). An operation is one pass.
/// </summary>
/// <param name="pages">Pages of data.</param>
/// <param name="settings">The virtual memory that it asks for.</param>
public sealed class PageScan(int pages, MemorySettings settings) : IApplication
{
    // A load, a comparison, an addition, a branch.
    private const int InstructionsAPage = 4;

    /// <summary>The name of the policy that it brings with it: <see cref="KeepFirst"/>.</summary>
    public const string OwnPolicy = "own";

    /// <inheritdoc/>
    public ushort ServicePort => 0;

    /// <inheritdoc/>
    public bool UsesPages => true;

    /// <inheritdoc/>
    public async EmulatedTask Run(ApplicationHost host)
    {
        await host.Pages.Configure(settings.Policy == OwnPolicy
            ? settings with { OwnPolicy = new KeepFirst() } : settings);
        var data = await host.Pages.Map(pages, MemoryProtection.ReadWrite);
        if (data == 0)
            throw new ComponentFailureException($"{pages} pages: refused");
        for (var page = 0; page < pages; page++)
            await host.Pages.WriteWord(AddressOf(data, page), Pattern(page));
        while (true)
        {
            var startPs = host.ClockPs;
            for (var page = 0; page < pages; page++)
            {
                if (await host.Pages.ReadWord(AddressOf(data, page)) != Pattern(page))
                    throw new ComponentFailureException($"page {page} holds something else");
                host.Instructions(InstructionsAPage);
            }

            await host.Settle();
            host.Operations.Record(startPs, host.ClockPs);
        }
    }

    private static ulong AddressOf(ulong data, int page) =>
        data + ((ulong)page * Frame.SizeBytes);

    private static uint Pattern(int page) => 0x5EED_0000 + (uint)page;
}
