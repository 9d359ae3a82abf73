using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Display;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Windows;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// A window that is bound to the environment: the library stores each pixel through the aperture
/// that is mapped, and no kernel is on the way (Engler et al., SOSP 1995, section 3.2).
/// </summary>
internal sealed class EnvironmentScreen(
    CpuContext context, DomainMemory memory, KernelGate gate) : IScreen
{
    /// <summary>
    /// Page from which the aperture is mapped: behind shared pages and the words of sections.
    /// </summary>
    private const long FirstPage = (2L << 18) + (1 << 13);

    private PixelRectangle window;
    private ulong firstPixel;
    private long rowBytes;
    private bool isClosed;

    /// <summary>The window is given back, or was taken: nothing is drawn any more.</summary>
    public void Close() => isClosed = true;

    /// <inheritdoc/>
    public async EmulatedTask<WindowOpening> Open(PixelRectangle rectangle)
    {
        var bound = await gate.Call(
            new WindowCall.BindWindow(rectangle, FirstPage, KernelGate.OwnCredential));
        if (bound.Refusal != ExokernelRefusal.None)
        {
            return bound.Refusal switch
            {
                ExokernelRefusal.WindowTaken => WindowOpening.Taken,
                ExokernelRefusal.OutsideScreen => WindowOpening.OutsideScreen,
                _ => WindowOpening.Refused,
            };
        }

        isClosed = false;
        window = rectangle;
        rowBytes = bound.Second;
        var offset = (rectangle.Y * rowBytes) + (rectangle.X * DisplayRegisters.PixelBytes);
        firstPixel = (ulong)(Frame.AddressOf(FirstPage) + (offset & (Frame.SizeBytes - 1)));
        return WindowOpening.Opened;
    }

    /// <inheritdoc/>
    public async EmulatedTask<bool> Draw(PixelRectangle image, ReadOnlyMemory<uint> pixels)
    {
        if (!image.IsOn(window.Width, window.Height))
            throw new ComponentFailureException($"an image of {image} is not in the window");
        for (var row = 0; row < image.Height; row++)
        {
            var at = firstPixel + (ulong)(
                ((image.Y + row) * rowBytes) + (image.X * DisplayRegisters.PixelBytes));
            // Translations are looked up at the time at which the stores are made.
            await context.Sync();
            if (!await Store(at, pixels.Slice(row * image.Width, image.Width)))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Stores a row. A window that is taken by force is an exception, before its library is told.
    /// </summary>
    private async EmulatedTask<bool> Store(ulong at, ReadOnlyMemory<uint> row)
    {
        for (var column = 0; column < row.Length; column++)
        {
            // A slice that ends pushes back what is not stored yet.
            await context.SyncBeforeSend();
            if (isClosed)
                return false;
            if (!memory.TryStoreRegister(at, row.Span[column], out var fault))
            {
                await gate.Raise(fault);
                return false;
            }

            at += DisplayRegisters.PixelBytes;
        }

        return true;
    }
}
