draw()
