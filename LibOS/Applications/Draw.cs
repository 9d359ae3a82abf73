using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Display;

namespace Disguise.LibOS.Applications;

/// <summary>
/// Draws squares into a window of its own, one beside the other and then over them, each an
/// operation. It tries places for the window from left to right and from top to bottom until one
/// is free, and ends when the window is taken from it.
/// </summary>
/// <param name="width">Pixels across its window.</param>
/// <param name="height">Rows of it.</param>
/// <param name="side">Pixels of a square's side.</param>
/// <param name="workPs">Its own work for each.</param>
public sealed class Draw(int width, int height, int side, long workPs) : IApplication
{
    private const uint ColourStep = 0x2F6B1D;
    private const uint Colours = 0xFF_FFFF;

    /// <inheritdoc/>
    public ushort ServicePort => 0;

    /// <inheritdoc/>
    public async EmulatedTask Run(ApplicationHost host)
    {
        var screen = host.Screen
            ?? throw new ComponentFailureException("there is no screen here");
        var window = await Open(screen);
        var pixels = new uint[side * side];
        var colour = (uint)((window.Y * ColourStep) + window.X);
        while (true)
        {
            for (var y = 0; y + side <= height; y += side)
            {
                for (var x = 0; x + side <= width; x += side)
                {
                    colour = (colour + ColourStep) & Colours;
                    Array.Fill(pixels, colour);
                    var startPs = host.ClockPs;
                    host.Work(workPs);
                    if (!await screen.Draw(new PixelRectangle(x, y, side, side), pixels))
                        return;
                    host.Operations.Record(startPs, host.ClockPs);
                    await host.Settle();
                }
            }
        }
    }

    private async EmulatedTask<PixelRectangle> Open(IScreen screen)
    {
        for (var (x, y) = (0, 0); ;)
        {
            var place = new PixelRectangle(x, y, width, height);
            var opening = await screen.Open(place);
            if (opening == WindowOpening.Opened)
                return place;
            if (opening == WindowOpening.Refused
                || (opening == WindowOpening.OutsideScreen && x == 0))
                throw new ComponentFailureException($"no place for a window: {opening}");
            (x, y) = opening == WindowOpening.Taken ? (x + width, y) : (0, y + height);
        }
    }
}
