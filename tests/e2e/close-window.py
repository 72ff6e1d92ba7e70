"""Asks the windows of a process to close, as the button in their corner does (ICCCM 4.2.8, WM_DELETE_WINDOW).

WebDriver's own way closes the page under the window, and nobody who uses Cairn can do that.
"""

import sys
from ctypes import CDLL, POINTER, Structure, Union, byref, c_char_p, c_int, c_long, c_ubyte, c_uint, c_ulong, c_void_p, cast

CLIENT_MESSAGE = 33


class ClientMessage(Structure):
    _fields_ = [
        ("type", c_int),
        ("serial", c_ulong),
        ("send_event", c_int),
        ("display", c_void_p),
        ("window", c_ulong),
        ("message_type", c_ulong),
        ("format", c_int),
        ("data", c_long * 5),
    ]


class Event(Union):
    _fields_ = [("message", ClientMessage), ("pad", c_long * 24)]


x = CDLL("libX11.so.6")
x.XOpenDisplay.restype = c_void_p
x.XOpenDisplay.argtypes = [c_char_p]
x.XDefaultRootWindow.restype = c_ulong
x.XDefaultRootWindow.argtypes = [c_void_p]
x.XInternAtom.restype = c_ulong
x.XInternAtom.argtypes = [c_void_p, c_char_p, c_int]
x.XQueryTree.argtypes = [c_void_p, c_ulong, POINTER(c_ulong), POINTER(c_ulong), POINTER(POINTER(c_ulong)), POINTER(c_uint)]
x.XGetWindowProperty.argtypes = [
    c_void_p, c_ulong, c_ulong, c_long, c_long, c_int, c_ulong,
    POINTER(c_ulong), POINTER(c_int), POINTER(c_ulong), POINTER(c_ulong), POINTER(POINTER(c_ubyte)),
]  # fmt: skip
x.XSendEvent.argtypes = [c_void_p, c_ulong, c_int, c_long, c_void_p]
x.XCloseDisplay.argtypes = [c_void_p]

display = x.XOpenDisplay(None)
if not display:
    sys.exit("there is no display")


def atom(name):
    return x.XInternAtom(display, name, 0)


def numbers(window, name):
    """A property of a window made of 32-bit numbers; Xlib gives each in a long."""
    kind, form, count, left, data = c_ulong(), c_int(), c_ulong(), c_ulong(), POINTER(c_ubyte)()
    x.XGetWindowProperty(display, window, atom(name), 0, 64, 0, 0, byref(kind), byref(form), byref(count), byref(left), byref(data))
    return [cast(data, POINTER(c_long))[at] for at in range(count.value)] if form.value == 32 else []


def windows(parent):
    root, above, children, count = c_ulong(), c_ulong(), POINTER(c_ulong)(), c_uint()
    x.XQueryTree(display, parent, byref(root), byref(above), byref(children), byref(count))
    for at in range(count.value):
        yield children[at]
        yield from windows(children[at])


delete = atom(b"WM_DELETE_WINDOW")
asked = 0
for window in list(windows(x.XDefaultRootWindow(display))):
    if numbers(window, b"_NET_WM_PID") == [int(sys.argv[1])] and delete in numbers(window, b"WM_PROTOCOLS"):
        event = Event(message=ClientMessage(type=CLIENT_MESSAGE, window=window, message_type=atom(b"WM_PROTOCOLS"), format=32))
        event.message.data[0] = delete
        x.XSendEvent(display, window, 0, 0, byref(event))
        asked += 1
x.XCloseDisplay(display)
sys.exit(0 if asked else "no window of that process can be asked")
