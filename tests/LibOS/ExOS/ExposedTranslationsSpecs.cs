using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.ExOS;
using Disguise.LibOS.Tests.ExOS.Ipc;

namespace Disguise.LibOS.Tests.ExOS;

/// <summary>A library that looks into the kernel's software TLB, and one that would write it.
/// </summary>
public sealed class ExposedTranslationsSpecs
{
    private const uint Value = 0xC0FFEE;

    private static readonly TlbModel Software = new(TlbRefill.Software, 64, 64);

    [Fact]
    public void A_library_finds_in_the_mapped_software_TLB_where_its_page_leads()
    {
        long? frame = null, before = 0, elsewhere = 0;
        uint? found = null;
        long calls = 0, callsAfter = -1;
        IpcScene? measured = null;
        using var scene = new IpcScene(Software)
            .With("other", _ => Actors.Execution.EmulatedTask.Completed)
            .With("library", async host =>
            {
                var address = (ulong)Frame.AddressOf(ExposedTranslations.FirstPage - 1);
                before = host.Translations!.FrameOf(address);
                Assert.True(await host.Translations.Map());
                var page = await host.Pages.Map(1, MemoryProtection.ReadWrite);
                await host.Pages.WriteWord(page, Value);
                calls = Calls(measured!);
                frame = host.Translations.FrameOf(page + 8);
                elsewhere = host.Translations.FrameOf(page + (1ul << 30));
                callsAfter = Calls(measured!);
                found = measured!.Machine.Memory.ReadUInt32(Frame.AddressOf(frame!.Value));
            });
        measured = scene;
        scene.Run();
        Assert.Null(before);
        Assert.Null(elsewhere);
        Assert.Equal(Value, found);
        Assert.Equal(calls, callsAfter);
    }

    [Fact]
    public void Who_has_it_mapped_cannot_write_it()
    {
        bool? isWritten = null;
        using var scene = new IpcScene(Software)
            .With("library", async host =>
            {
                Assert.True(await host.Translations!.Map());
                isWritten = host.Memory.TryWrite(
                    (ulong)Frame.AddressOf(ExposedTranslations.FirstPage), new byte[8]);
            })
            .Run();
        Assert.False(isWritten);
    }

    [Fact]
    public void Where_hardware_walks_tables_there_is_none()
    {
        bool? isMapped = null;
        using var scene = new IpcScene()
            .With("library", async host => isMapped = await host.Translations!.Map())
            .Run();
        Assert.False(isMapped);
    }

    private static long Calls(IpcScene scene) =>
        scene.Charges().GetValueOrDefault(ExokernelCosts.KernelCall.Name);
}
