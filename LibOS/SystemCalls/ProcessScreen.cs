using System.Runtime.InteropServices;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Display;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.SystemCalls;

/// <summary>
/// A window of a process: the kernel draws, by a call for as many rows of an image as it takes at
/// a time. The library writes them into a page of its own first.
/// </summary>
internal sealed class ProcessScreen(SystemCallGate gate, IApplicationMemory memory) : IScreen
{
    private long window;
    private ulong buffer;

    /// <inheritdoc/>
    public async EmulatedTask<WindowOpening> Open(PixelRectangle rectangle)
    {
        await gate.Call(
            SystemCallNumber.OpenWindow, Pair(rectangle.X, rectangle.Y),
            Pair(rectangle.Width, rectangle.Height));
        if (gate.Error != ErrorNumber.None)
        {
            return gate.Error switch
            {
                ErrorNumber.Busy => WindowOpening.Taken,
                ErrorNumber.InvalidArgument => WindowOpening.OutsideScreen,
                _ => WindowOpening.Refused,
            };
        }

        window = gate.ReturnValue;
        buffer = await memory.Map(1, MemoryProtection.ReadWrite);
        return buffer == 0 ? WindowOpening.Refused : WindowOpening.Opened;
    }

    /// <inheritdoc/>
    public async EmulatedTask<bool> Draw(PixelRectangle image, ReadOnlyMemory<uint> pixels)
    {
        if (image.Width > SystemCallLimits.DrawnPixels)
            throw new ComponentFailureException($"a row of {image.Width} pixels is too long");
        var rowsAtOnce = SystemCallLimits.DrawnPixels / Math.Max(1, image.Width);
        for (var row = 0; row < image.Height; row += rowsAtOnce)
        {
            var rows = Math.Min(rowsAtOnce, image.Height - row);
            var part = pixels.Slice(row * image.Width, rows * image.Width);
            await memory.Write(buffer, MemoryMarshal.AsBytes(part.Span).ToArray());
            await gate.Call(
                SystemCallNumber.DrawWindow, window, Pair(image.X, image.Y + row),
                Pair(image.Width, rows), (long)buffer);
            if (gate.Error != ErrorNumber.None)
                throw new ComponentFailureException($"an image of {image}: {gate.Error}");
        }

        return true;
    }

    private static long Pair(int low, int high) => (uint)low | ((long)high << 32);
}
