using Disguise.Actors.Dispatch;
using Disguise.Hardware.Machines;

namespace Disguise.Hardware.Display;

/// <summary>The registers and apertures of a display, decoded.</summary>
internal sealed class DisplayDevice
{
    private readonly uint[] positions = new uint[DisplayRegisters.TagCount];
    private readonly uint[] sizes = new uint[DisplayRegisters.TagCount];

    public DisplayDevice(Machine machine, DisplayOptions options)
    {
        Machine = machine;
        Options = options;
        Screen = new FrameBuffer(options.Width, options.Height, machine.Guards);
        ApertureBytes = DisplayRegisters.ApertureBytes(options.Width, options.Height);
        Configuration = new DisplayConfiguration(this);
    }

    public Machine Machine { get; }

    public DisplayOptions Options { get; }

    public FrameBuffer Screen { get; }

    public long ApertureBytes { get; }

    public DisplayConfiguration Configuration { get; }

    /// <summary>Who takes accesses, once the device is there.</summary>
    public IslandActorRef? Actor { get; set; }

    /// <summary>A store behind the BAR.</summary>
    public void Write(int offset, uint value)
    {
        var tag = (int)(offset / ApertureBytes);
        if (tag != DisplayRegisters.Nobody)
            Screen.TryWrite(tag, PixelOf(offset), value);
        else
            WriteRegister(offset, value);
    }

    /// <summary>A load behind the BAR; zero where nothing is.</summary>
    public uint Read(int offset)
    {
        var tag = (int)(offset / ApertureBytes);
        if (tag == DisplayRegisters.Nobody)
        {
            return offset == DisplayRegisters.ScreenSize
                ? DisplayRegisters.Pair(Screen.Width, Screen.Height) : 0;
        }

        Screen.TryRead(tag, PixelOf(offset), out var value);
        return value;
    }

    /// <summary>A function-level reset.</summary>
    public void Reset()
    {
        Screen.Reset();
        Array.Clear(positions);
        Array.Clear(sizes);
    }

    /// <summary>The pixel at an offset; -1 for a part of one.</summary>
    private long PixelOf(int offset) => offset % DisplayRegisters.PixelBytes != 0
        ? -1 : offset % ApertureBytes / DisplayRegisters.PixelBytes;

    private void WriteRegister(int offset, uint value)
    {
        for (var tag = 1; tag < DisplayRegisters.TagCount; tag++)
        {
            if (offset == DisplayRegisters.PositionOf(tag))
                positions[tag] = value;
            else if (offset == DisplayRegisters.SizeOf(tag))
                sizes[tag] = value;
            else if (offset == DisplayRegisters.ControlOf(tag))
                Control(tag, value);
        }
    }

    private void Control(int tag, uint value)
    {
        if (value == DisplayRegisters.Assign)
        {
            Screen.Assign(tag, new PixelRectangle(
                (ushort)positions[tag], (int)(positions[tag] >> 16),
                (ushort)sizes[tag], (int)(sizes[tag] >> 16)));
        }
        else
        {
            Screen.Release(tag);
        }
    }
}
