using System.Buffers.Binary;
using Disguise.Hardware.Display;
using Disguise.Kernels.Monolithic.Processes;
using Disguise.Kernels.Monolithic.SystemCalls;
using Disguise.Kernels.Profiles;
using Disguise.Kernels.Resources;

namespace Disguise.Kernels.Monolithic.Windows;

/// <summary>
/// Windows in the kernel: a process draws by a call, for which the kernel looks whose the window
/// is, copies the image from the process and stores it into the frame buffer, pixel by pixel. The
/// tags of the display are the kernel's own means of keeping windows apart and of blackening them;
/// no process ever has an aperture.
/// </summary>
internal sealed class WindowCalls
{
    private readonly KernelServices kernel;
    private readonly SystemCallTable table;
    private readonly UserMemory memory;
    private readonly Display? display;
    private readonly ScreenWindows? windows;
    private readonly bool checksOwner;

    public WindowCalls(KernelServices kernel, SystemCallTable table, UserMemory memory)
    {
        (this.kernel, this.table, this.memory) = (kernel, table, memory);
        checksOwner = kernel.Machine.Guards.IsOn(WindowGuards.Owner);
        display = kernel.Options.Display;
        if (display is not null)
        {
            windows = new ScreenWindows(
                display.Screen.Width, display.Screen.Height, DisplayRegisters.TagCount - 1);
        }
    }

    /// <summary><c>open_window(corner, size)</c>: its number.</summary>
    public void Open(ProcessTask task)
    {
        var call = task.Call!;
        var rectangle = new PixelRectangle(
            (int)call.Argument0, (int)(call.Argument0 >> 32),
            (int)call.Argument1, (int)(call.Argument1 >> 32));
        kernel.Execution.Charge(ProfileCosts.ControlPlaneCall);
        var error = windows is null ? ErrorNumber.NoDevice : windows.Check(rectangle) switch
        {
            WindowRefusal.None => ErrorNumber.None,
            WindowRefusal.OutsideScreen => ErrorNumber.InvalidArgument,
            WindowRefusal.Overlaps => ErrorNumber.Busy,
            _ => ErrorNumber.TooManyOpen,
        };
        var result = -(long)error;
        if (error == ErrorNumber.None)
        {
            var window = windows!.Add(task.Process.Number, rectangle);
            Store(
                DisplayRegisters.PositionOf(window),
                DisplayRegisters.Pair(rectangle.X, rectangle.Y));
            Store(
                DisplayRegisters.SizeOf(window),
                DisplayRegisters.Pair(rectangle.Width, rectangle.Height));
            Store(DisplayRegisters.ControlOf(window), DisplayRegisters.Assign);
            result = window;
        }

        var calledPs = kernel.NowPs;
        table.Return(task, result);
        SocketCalls.Report(kernel, "open-window", result, calledPs);
    }

    /// <summary>
    /// <c>draw_window(window, corner, size, pixels)</c>; the corner is from the window's own.
    /// </summary>
    public void Draw(ProcessTask task)
    {
        var call = task.Call!;
        var image = new PixelRectangle(
            (int)call.Argument1, (int)(call.Argument1 >> 32),
            (int)call.Argument2, (int)(call.Argument2 >> 32));
        table.Return(task, Check(task, call.Argument0, image) is var error
            && error != ErrorNumber.None ? error : Copy(task, (int)call.Argument0, image));
    }

    /// <summary>A process ends: its windows are nobody's, and black.</summary>
    public void End(Process process)
    {
        if (windows is null)
            return;
        foreach (var window in windows.WindowsOf(process.Number).ToArray())
        {
            Store(DisplayRegisters.ControlOf(window), DisplayRegisters.Release);
            windows.Remove(window);
        }
    }

    private ErrorNumber Check(ProcessTask task, long window, in PixelRectangle image)
    {
        if (windows is null)
            return ErrorNumber.NoDevice;
        if (!windows.IsThere(window)
            || (checksOwner && windows.OwnerOf((int)window) != task.Process.Number))
            return ErrorNumber.BadDescriptor;
        var place = windows.RectangleOf((int)window);
        return !image.IsOn(place.Width, place.Height) ? ErrorNumber.InvalidArgument
            : image.Area > SystemCallLimits.DrawnPixels ? ErrorNumber.MessageSize
            : ErrorNumber.None;
    }

    private ErrorNumber Copy(ProcessTask task, int window, in PixelRectangle image)
    {
        const int PixelBytes = DisplayRegisters.PixelBytes;
        Span<byte> bytes = stackalloc byte[SystemCallLimits.DrawnPixels * PixelBytes];
        bytes = bytes[..(int)(image.Area * PixelBytes)];
        if (!memory.TryCopyIn(task, task.Call!.Argument3, bytes))
            return ErrorNumber.BadAddress;
        var place = windows!.RectangleOf(window);
        for (var row = 0; row < image.Height; row++)
        {
            var first = display!.ApertureOf(window) + DisplayRegisters.OffsetOf(
                display.Screen.Width, place.X + image.X, place.Y + image.Y + row);
            for (var column = 0; column < image.Width; column++)
            {
                kernel.Execution.StoreRegister(
                    (ulong)(first + (column * PixelBytes)),
                    BinaryPrimitives.ReadUInt32LittleEndian(bytes));
                bytes = bytes[PixelBytes..];
            }
        }

        return ErrorNumber.None;
    }

    private void Store(int register, uint value) => kernel.Execution.StoreRegister(
        (ulong)(display!.RegistersAddress + register), value);
}
